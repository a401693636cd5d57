package org.stonechat.ticket.ticket;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Aggregate;
import org.stonechat.kit.event.DomainEvent;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.contact.Contacts;
import org.stonechat.ticket.department.Stage;
import org.stonechat.ticket.department.StageCategory;
import org.stonechat.ticket.event.Channel;
import org.stonechat.ticket.event.Correspondent;
import org.stonechat.ticket.event.DueDateChanged;
import org.stonechat.ticket.event.EscalationChanged;
import org.stonechat.ticket.event.FieldsChanged;
import org.stonechat.ticket.event.Priority;
import org.stonechat.ticket.event.PriorityChanged;
import org.stonechat.ticket.event.QueueChanged;
import org.stonechat.ticket.event.RequesterChanged;
import org.stonechat.ticket.event.RootCausesChanged;
import org.stonechat.ticket.event.StageChanged;
import org.stonechat.ticket.event.StageFacts;
import org.stonechat.ticket.event.StageMove;
import org.stonechat.ticket.event.Standing;
import org.stonechat.ticket.event.TagsChanged;
import org.stonechat.ticket.event.TicketAssigned;
import org.stonechat.ticket.event.TicketReferred;

/// One customer's matter, from the first word to the last.
///
/// Every change is a transition that checks, changes and returns its event; `version` moves with the
/// properties, not with messages. Whoever changes a ticket has locked its row.
@Entity
public class Ticket implements Aggregate {

    @Id
    private UUID id;

    private long number;
    private String subject;

    @Column(name = "department_id")
    private UUID departmentId;

    @Column(name = "team_id")
    private @Nullable UUID teamId;

    @Column(name = "queue_id")
    private @Nullable UUID queueId;

    @Column(name = "assignee_id")
    private @Nullable UUID assigneeId;

    @Column(name = "stage_id")
    private UUID stageId;

    @Enumerated(EnumType.STRING)
    @Column(name = "stage_category")
    private StageCategory stageCategory;

    @Enumerated(EnumType.STRING)
    private Priority priority;

    private boolean escalated;

    @Column(name = "escalated_by_stage")
    private boolean escalatedByStage;

    @Column(name = "type_id")
    private @Nullable UUID typeId;

    private String category;
    private List<String> tags = new ArrayList<>();

    @Column(name = "contact_id")
    private UUID contactId;

    @Column(name = "requester_name")
    private @Nullable String requesterName;

    @Column(name = "requester_address")
    private @Nullable String requesterAddress;

    @Column(name = "requester_given")
    private boolean requesterGiven;

    @Enumerated(EnumType.STRING)
    private Channel channel;

    private @Nullable String language;

    @Column(name = "due_at")
    private @Nullable Instant dueAt;

    @Column(name = "waiting_since")
    private @Nullable Instant waitingSince;

    @Column(name = "root_causes")
    private List<String> rootCauses = new ArrayList<>();

    @Column(name = "close_reason")
    private @Nullable String closeReason;

    @Column(name = "resolved_by")
    private @Nullable UUID resolvedBy;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "solved_at")
    private @Nullable Instant solvedAt;

    @Column(name = "closed_at")
    private @Nullable Instant closedAt;

    @Column(name = "folded_at")
    private @Nullable Instant foldedAt;

    @Column(name = "review_id")
    private @Nullable UUID reviewId;

    @Column(name = "follow_up_of")
    private @Nullable UUID followUpOf;

    @Column(name = "merged_into")
    private @Nullable UUID mergedInto;

    @Column(name = "client_id")
    private @Nullable UUID clientId;

    @Column(name = "external_id")
    private @Nullable String externalId;

    @Column(name = "next_position")
    private int nextPosition;

    private int version;
    private long sequence;

    protected Ticket() {}

    Ticket(NewTicket opening, long number, Contacts.Known contact, String language, Stage initial, Instant now) {
        this.id = opening.id();
        this.number = number;
        this.subject = opening.subject();
        this.departmentId = opening.departmentId();
        this.teamId = opening.teamId();
        this.queueId = opening.queueId();
        this.assigneeId = opening.assigneeId();
        this.stageId = initial.id();
        this.stageCategory = initial.category();
        this.priority = opening.priority();
        this.escalated = initial.escalates();
        this.escalatedByStage = initial.escalates();
        this.typeId = opening.typeId();
        this.category = opening.category();
        this.tags = new ArrayList<>(opening.tags());
        this.contactId = contact.id();
        know(contact);
        this.channel = opening.channel();
        this.language = language;
        this.dueAt = opening.dueAt();
        this.createdAt = now;
        this.reviewId = opening.review() == null ? null : opening.review().reviewId();
        this.followUpOf = opening.followUpOf();
        this.clientId = opening.externalId() == null ? null : opening.clientId();
        this.externalId = opening.externalId();
        this.nextPosition = opening.firstMessage() == null ? 1 : 0;
        this.version = 1;
    }

    /// Goes to another stage; the event's facts are those after it.
    ///
    /// @param actor the person who does it, or null for a rule, a timer or a customer
    /// @throws ProblemException 409 `transition-illegal`
    StageChanged move(Stage from, Stage to, Move move, @Nullable UUID actor, Instant now) {
        if (!from.id().equals(stageId)) {
            throw new IllegalStateException("ticket " + id + " is not at the stage " + from.id());
        }
        if (!stageCategory.mayBecome(to.category())) {
            throw new ProblemException(
                    TicketError.TRANSITION_ILLEGAL,
                    "A ticket cannot go from " + from.label() + " to " + to.label() + ".");
        }
        StageCategory before = stageCategory;
        stageId = to.id();
        stageCategory = to.category();
        markFor(to);
        if (stageCategory.folded() && !before.folded()) {
            foldedAt = now;
            resolvedBy = actor;
            waitingSince = null;
        }
        if (stageCategory.folded() && move.closeReason() != null) {
            closeReason = move.closeReason();
        }
        if (stageCategory == StageCategory.SOLVED || (stageCategory == StageCategory.CLOSED && solvedAt == null)) {
            solvedAt = now;
        }
        if (stageCategory == StageCategory.CLOSED) {
            closedAt = now;
        }
        if (!stageCategory.folded()) {
            foldedAt = null;
            solvedAt = null;
            closedAt = null;
            resolvedBy = null;
            closeReason = null;
        }
        version++;
        return new StageChanged(
                new StageChanged.Data(
                        standing(),
                        new StageMove(from.id(), from.label(), from.category()),
                        new StageMove(to.id(), to.label(), to.category()),
                        move.why(),
                        move.closeReason(),
                        stageCategory.folded() ? List.copyOf(rootCauses) : List.of(),
                        resolvedBy,
                        move.oneTouch()),
                move.comment());
    }

    /// Why a ticket goes to another stage.
    ///
    /// @param comment  what is said with *explain & close*
    /// @param oneTouch solved with the reply
    public record Move(
            StageChanged.Why why,
            @Nullable String closeReason,
            @Nullable String comment,
            boolean oneTouch) {

        public static Move because(StageChanged.Why why) {
            return new Move(why, null, null, false);
        }

        /// With a public reply.
        public static Move withReply(boolean oneTouch) {
            return new Move(StageChanged.Why.REPLY, null, null, oneTouch);
        }
    }

    /// Goes to another department, to the stage there that is nearest to its own. History and clocks go with it.
    ///
    /// @param mayRead whether the department it leaves may go on reading it
    /// @return what happened, with the facts as they are after all of it
    public List<DomainEvent> refer(
            Stage from,
            UUID department,
            Stage to,
            @Nullable UUID team,
            @Nullable UUID queue,
            @Nullable UUID agent,
            boolean mayRead) {
        UUID departmentBefore = departmentId;
        UUID queueBefore = queueId;
        TicketAssigned.Holder holderBefore = new TicketAssigned.Holder(assigneeId, teamId);
        departmentId = department;
        stageId = to.id();
        stageCategory = to.category();
        markFor(to);
        teamId = team;
        queueId = queue;
        assigneeId = agent;
        version++;
        Standing standing = standing();
        List<DomainEvent> events = new ArrayList<>();
        events.add(new TicketReferred(new TicketReferred.Data(standing, departmentBefore, department, mayRead)));
        if (from.category() != to.category()) {
            events.add(new StageChanged(
                    new StageChanged.Data(
                            standing,
                            new StageMove(from.id(), from.label(), from.category()),
                            new StageMove(to.id(), to.label(), to.category()),
                            StageChanged.Why.REFERRED,
                            null,
                            List.of(),
                            null,
                            false),
                    null));
        }
        TicketAssigned.Holder holder = new TicketAssigned.Holder(agent, team);
        if (!holder.equals(holderBefore)) {
            events.add(new TicketAssigned(new TicketAssigned.Data(standing, holderBefore, holder)));
        }
        if (!Objects.equals(queue, queueBefore)) {
            events.add(new QueueChanged(new QueueChanged.Data(standing, queueBefore, queue)));
        }
        return events;
    }

    /// The mark that a stage set leaves with it.
    private void markFor(Stage to) {
        if (escalatedByStage && !to.escalates()) {
            escalated = false;
            escalatedByStage = false;
        } else if (to.escalates() && !escalated) {
            escalated = true;
            escalatedByStage = true;
        }
    }

    /// Goes to this agent and team; both null means nobody.
    ///
    /// @return empty when they have it already
    Optional<TicketAssigned> assign(@Nullable UUID agent, @Nullable UUID team) {
        if (Objects.equals(agent, assigneeId) && Objects.equals(team, teamId)) {
            return Optional.empty();
        }
        TicketAssigned.Holder from = new TicketAssigned.Holder(assigneeId, teamId);
        assigneeId = agent;
        teamId = team;
        version++;
        return Optional.of(
                new TicketAssigned(new TicketAssigned.Data(standing(), from, new TicketAssigned.Holder(agent, team))));
    }

    Optional<PriorityChanged> prioritise(Priority next) {
        if (next == priority) {
            return Optional.empty();
        }
        Priority from = priority;
        priority = next;
        version++;
        return Optional.of(new PriorityChanged(new PriorityChanged.Data(standing(), from, next)));
    }

    /// A mark that a person sets or removes is no longer the stage's.
    Optional<EscalationChanged> escalate(boolean next) {
        escalatedByStage = false;
        if (next == escalated) {
            return Optional.empty();
        }
        escalated = next;
        version++;
        return Optional.of(new EscalationChanged(new EscalationChanged.Data(standing(), !next, next)));
    }

    Optional<TagsChanged> tag(List<String> next) {
        List<String> distinct = next.stream().distinct().toList();
        if (distinct.equals(List.copyOf(tags))) {
            return Optional.empty();
        }
        List<String> from = List.copyOf(tags);
        tags = new ArrayList<>(distinct);
        version++;
        return Optional.of(new TagsChanged(new TagsChanged.Data(standing(), from, distinct)));
    }

    Optional<FieldsChanged> rename(String next) {
        if (next.equals(subject)) {
            return Optional.empty();
        }
        String from = subject;
        subject = next;
        version++;
        return Optional.of(fieldChanged("subject", from, next));
    }

    Optional<FieldsChanged> categorise(String next) {
        if (next.equals(category)) {
            return Optional.empty();
        }
        String from = category;
        category = next;
        version++;
        return Optional.of(fieldChanged("category", from, next));
    }

    /// What was entered into custom fields, which lie beside the ticket: its version moves with them.
    ///
    /// @param from the old values by `fields.<code>`, null where there was none
    FieldsChanged fieldsEntered(Map<String, @Nullable String> from, Map<String, @Nullable String> to) {
        version++;
        return new FieldsChanged(
                new FieldsChanged.Data(standing(), List.copyOf(to.keySet())), new FieldsChanged.Personal(from, to));
    }

    public Optional<DueDateChanged> expectBy(@Nullable Instant next) {
        if (Objects.equals(next, dueAt)) {
            return Optional.empty();
        }
        Instant from = dueAt;
        dueAt = next;
        version++;
        return Optional.of(new DueDateChanged(new DueDateChanged.Data(standing(), from, next)));
    }

    Optional<QueueChanged> queueUp(@Nullable UUID next) {
        if (Objects.equals(next, queueId)) {
            return Optional.empty();
        }
        UUID from = queueId;
        queueId = next;
        version++;
        return Optional.of(new QueueChanged(new QueueChanged.Data(standing(), from, next)));
    }

    /// @param name of the type, for the history; the id is in the standing facts
    Optional<FieldsChanged> typed(@Nullable UUID next, @Nullable String nameBefore, @Nullable String name) {
        if (Objects.equals(next, typeId)) {
            return Optional.empty();
        }
        typeId = next;
        version++;
        return Optional.of(fieldChanged(
                "typeId", Objects.requireNonNullElse(nameBefore, ""), Objects.requireNonNullElse(name, "")));
    }

    Optional<RootCausesChanged> causedBy(List<String> next) {
        List<String> distinct = next.stream().distinct().toList();
        if (distinct.equals(List.copyOf(rootCauses))) {
            return Optional.empty();
        }
        List<String> from = List.copyOf(rootCauses);
        rootCauses = new ArrayList<>(distinct);
        version++;
        return Optional.of(new RootCausesChanged(new RootCausesChanged.Data(standing(), from, distinct)));
    }

    /// It is another customer's matter, or is answered at another address of the same one.
    public Optional<RequesterChanged> belongTo(Contacts.Known contact) {
        if (contact.id().equals(contactId)
                && (contact.address() == null || contact.address().equals(requesterAddress))) {
            return Optional.empty();
        }
        UUID from = contactId;
        contactId = contact.id();
        know(contact);
        version++;
        return Optional.of(new RequesterChanged(
                new RequesterChanged.Data(standing(), from, contactId),
                new RequesterChanged.Personal(new Correspondent(contact.name(), contact.address()))));
    }

    /// Its department knows the requester like this from now on.
    public void know(Contacts.Known contact) {
        requesterName = contact.given() ? contact.name() : null;
        requesterAddress = contact.address();
        requesterGiven = contact.given();
    }

    /// The requester as the ticket's department knows it, at the address the ticket is answered at.
    ///
    /// @param contact of this ticket
    public Contacts.Known requester(Contacts.Known contact) {
        return requesterGiven
                ? new Contacts.Known(contactId, requesterName, requesterAddress, null, true)
                : new Contacts.Known(
                        contactId,
                        contact.name(),
                        requesterAddress == null ? contact.address() : requesterAddress,
                        contact.language(),
                        false);
    }

    /// Whether the verified address speaks for the requester: of one whom others keep, only what was given does.
    ///
    /// @param address of a login that the contact is found by
    public boolean isOpenTo(String address) {
        return !requesterGiven || address.equalsIgnoreCase(requesterAddress);
    }

    private FieldsChanged fieldChanged(String field, String from, String to) {
        return new FieldsChanged(
                new FieldsChanged.Data(standing(), List.of(field)),
                new FieldsChanged.Personal(Map.of(field, from), Map.of(field, to)));
    }

    /// Becomes an alias: whoever asks for it gets the survivor, which takes over the customer's waiting.
    public void mergeInto(Ticket survivor) {
        if (mergedInto != null || survivor.mergedInto != null || survivor.id.equals(id)) {
            throw new IllegalStateException("ticket " + id + " cannot become an alias of " + survivor.id);
        }
        mergedInto = survivor.id;
        version++;
        if (waitingSince != null && (survivor.waitingSince == null || waitingSince.isBefore(survivor.waitingSince))) {
            survivor.waitingSince = waitingSince;
        }
        survivor.version++;
    }

    /// Is a ticket of its own again.
    ///
    /// @param waitingBefore what the survivor's waiting was before the merge
    /// @param waitingAfter  what the merge made of it; if it is another by now, it stays
    public void undoMerge(Ticket survivor, @Nullable Instant waitingBefore, @Nullable Instant waitingAfter) {
        if (!survivor.id.equals(mergedInto)) {
            throw new IllegalStateException("ticket " + id + " is no alias of " + survivor.id);
        }
        mergedInto = null;
        version++;
        if (Objects.equals(survivor.waitingSince, waitingAfter)) {
            survivor.waitingSince = waitingBefore;
        }
        survivor.version++;
    }

    /// Whether the ticket was opened with a message, where that is known only after it was made.
    void beginsWith(boolean message) {
        nextPosition = message ? 0 : 1;
    }

    /// The place of the message that is being added.
    int takePosition() {
        return nextPosition++;
    }

    /// The customer waits from now on, unless he does already.
    void customerWaits(Instant now) {
        if (waitingSince == null && !stageCategory.folded()) {
            waitingSince = now;
        }
    }

    void customerAnswered() {
        waitingSince = null;
    }

    /// Whether a customer's message still belongs to this ticket; otherwise it opens a follow-up.
    ///
    /// @param reopenWindow how long after closing it still does
    public boolean takesCustomerMessage(Instant now, Duration reopenWindow) {
        return stageCategory != StageCategory.CLOSED || (closedAt != null && now.isBefore(closedAt.plus(reopenWindow)));
    }

    /// Whether a message of the customer brings the ticket back to the reopen stage.
    boolean reopensOnCustomerMessage(Instant now, Duration reopenWindow) {
        return stageCategory.reopensOnCustomerMessage()
                || (stageCategory == StageCategory.CLOSED && takesCustomerMessage(now, reopenWindow));
    }

    /// Whether it should have been done by now.
    public boolean isOverdue(Instant now) {
        return dueAt != null && dueAt.isBefore(now) && !stageCategory.folded();
    }

    /// The facts every event of the ticket carries.
    public Standing standing() {
        return new Standing(
                id,
                number,
                departmentId,
                teamId,
                queueId,
                assigneeId,
                contactId,
                new StageFacts(stageId, stageCategory),
                priority,
                escalated,
                channel,
                language,
                typeId,
                List.copyOf(tags),
                reviewId);
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public long nextSequence() {
        return ++sequence;
    }

    public long number() {
        return number;
    }

    public String subject() {
        return subject;
    }

    public UUID departmentId() {
        return departmentId;
    }

    public @Nullable UUID teamId() {
        return teamId;
    }

    public @Nullable UUID queueId() {
        return queueId;
    }

    public @Nullable UUID assigneeId() {
        return assigneeId;
    }

    public UUID stageId() {
        return stageId;
    }

    public StageCategory stageCategory() {
        return stageCategory;
    }

    public Priority priority() {
        return priority;
    }

    public boolean isEscalated() {
        return escalated;
    }

    public @Nullable UUID typeId() {
        return typeId;
    }

    public String category() {
        return category;
    }

    public List<String> tags() {
        return List.copyOf(tags);
    }

    public UUID contactId() {
        return contactId;
    }

    public Channel channel() {
        return channel;
    }

    public @Nullable String language() {
        return language;
    }

    public @Nullable Instant dueAt() {
        return dueAt;
    }

    public @Nullable Instant waitingSince() {
        return waitingSince;
    }

    /// What the matter came from, by the names the department gives them.
    public List<String> rootCauses() {
        return List.copyOf(rootCauses);
    }

    /// Why it was solved or closed; null while it is open.
    public @Nullable String closeReason() {
        return closeReason;
    }

    public @Nullable UUID resolvedBy() {
        return resolvedBy;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public @Nullable Instant solvedAt() {
        return solvedAt;
    }

    public @Nullable Instant closedAt() {
        return closedAt;
    }

    public @Nullable UUID reviewId() {
        return reviewId;
    }

    public @Nullable UUID followUpOf() {
        return followUpOf;
    }

    /// The API client's own id of it.
    public @Nullable String externalId() {
        return externalId;
    }

    /// The ticket this one became an alias of.
    public @Nullable UUID mergedInto() {
        return mergedInto;
    }

    public int version() {
        return version;
    }
}
