package org.stonechat.ticket.ticket;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Actor;
import org.stonechat.kit.event.Cause;
import org.stonechat.kit.event.DomainEvent;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.ETags;
import org.stonechat.kit.rest.MergePatch;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.choice.Choices;
import org.stonechat.ticket.conversation.Body;
import org.stonechat.ticket.conversation.NewMessage;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.department.Stage;
import org.stonechat.ticket.department.StageCategory;
import org.stonechat.ticket.event.FieldsChanged;
import org.stonechat.ticket.event.MessageKind;
import org.stonechat.ticket.event.Priority;
import org.stonechat.ticket.event.QueueChanged;
import org.stonechat.ticket.event.StageChanged;
import org.stonechat.ticket.event.TicketAssigned;
import org.stonechat.ticket.queue.Queues;
import org.stonechat.ticket.rights.Right;
import org.stonechat.ticket.rights.Rights;
import org.stonechat.ticket.team.Team;
import org.stonechat.ticket.team.TeamRepository;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// What people change of tickets, and what time does.
@ApplicationScoped
public class TicketChanges {

    private static final int LONGEST_SUBJECT = 500;
    private static final int LONGEST_CATEGORY = 100;
    private static final int MOST_TAGS = 50;
    private static final int LONGEST_TAG = 50;
    private static final int MOST_ROOT_CAUSES = 20;

    private final TicketAccess access;
    private final TicketRepository tickets;
    private final DepartmentRepository departments;
    private final TeamRepository teams;
    private final Assignees assignees;
    private final Rights rights;
    private final TicketStages stages;
    private final TicketFields fields;
    private final Conversations conversations;
    private final Choices choices;
    private final Queues queues;
    private final EventLog eventLog;
    private final CurrentUser user;
    private final Cause cause;
    private final InstantSource clock;

    TicketChanges(
            TicketAccess access,
            TicketRepository tickets,
            DepartmentRepository departments,
            TeamRepository teams,
            Assignees assignees,
            Rights rights,
            TicketStages stages,
            TicketFields fields,
            Conversations conversations,
            Choices choices,
            Queues queues,
            EventLog eventLog,
            CurrentUser user,
            Cause cause,
            InstantSource clock) {
        this.access = access;
        this.tickets = tickets;
        this.departments = departments;
        this.teams = teams;
        this.assignees = assignees;
        this.rights = rights;
        this.stages = stages;
        this.fields = fields;
        this.conversations = conversations;
        this.choices = choices;
        this.queues = queues;
        this.eventLog = eventLog;
        this.user = user;
        this.cause = cause;
        this.clock = clock;
    }

    /// Whether a merge patch could fit some ticket: what no ticket takes need not be tried on many.
    ///
    /// @throws ProblemException 400
    public static void requireForm(JsonNode patch) {
        MergePatch.of(patch)
                .ifPresent("subject", String.class, value -> line("/subject", value, LONGEST_SUBJECT))
                .ifPresent("category", String.class, value -> line("/category", value, LONGEST_CATEGORY))
                .ifPresentOrNull("typeId", UUID.class, value -> {})
                .ifPresentOrNull("queueId", UUID.class, value -> {})
                .ifPresent(
                        "rootCauses",
                        new TypeReference<List<String>>() {},
                        value -> lines("/rootCauses", value, LONGEST_CATEGORY))
                .ifPresent("priority", Priority.class, value -> {})
                .ifPresent("tags", new TypeReference<List<String>>() {}, TicketChanges::tags)
                .ifPresent("escalated", Boolean.class, value -> {})
                .ifPresentOrNull("dueAt", Instant.class, DueDates::requirePossible)
                .ifPresentOrNull("teamId", UUID.class, value -> {})
                .ifPresent("fields", ObjectNode.class, value -> {})
                .ifPresent("stageId", UUID.class, value -> {})
                .apply();
    }

    /// Applies a merge patch to a version the caller has read.
    @Transactional
    public void patch(UUID id, @Nullable String ifMatch, JsonNode patch) {
        Ticket ticket = access.lock(id);
        ETags.ifMatch(ifMatch, ticket.version());
        Department department = departments.of(ticket.departmentId());
        rights.require(Right.EDIT, department);
        List<DomainEvent> events = new ArrayList<>();
        MergePatch.of(patch)
                .ifPresent(
                        "subject",
                        String.class,
                        value -> ticket.rename(line("/subject", value, LONGEST_SUBJECT))
                                .ifPresent(events::add))
                .ifPresent(
                        "category",
                        String.class,
                        value -> ticket.categorise(category(department, ticket, value))
                                .ifPresent(events::add))
                .ifPresentOrNull(
                        "typeId",
                        UUID.class,
                        value -> type(ticket, department, value).ifPresent(events::add))
                .ifPresentOrNull(
                        "queueId",
                        UUID.class,
                        value -> queue(ticket, department, value).ifPresent(events::add))
                .ifPresent(
                        "rootCauses",
                        new TypeReference<List<String>>() {},
                        value -> ticket.causedBy(rootCauses(department, ticket, value))
                                .ifPresent(events::add))
                .ifPresent(
                        "priority",
                        Priority.class,
                        value -> ticket.prioritise(value).ifPresent(events::add))
                .ifPresent(
                        "tags",
                        new TypeReference<List<String>>() {},
                        value -> ticket.tag(tags(value)).ifPresent(events::add))
                .ifPresent(
                        "escalated",
                        Boolean.class,
                        value -> ticket.escalate(value).ifPresent(events::add))
                .ifPresentOrNull("dueAt", Instant.class, value -> {
                    DueDates.requirePossible(value);
                    ticket.expectBy(value).ifPresent(events::add);
                })
                .ifPresentOrNull(
                        "teamId",
                        UUID.class,
                        value -> assignment(ticket, department, ticket.assigneeId(), value)
                                .ifPresent(events::add))
                .ifPresent(
                        "fields",
                        ObjectNode.class,
                        value -> fields.enter(ticket, value).ifPresent(events::add))
                .ifPresent("stageId", UUID.class, value -> events.addAll(chosen(ticket, department, value)))
                .apply();
        append(ticket, events);
    }

    /// Adds and removes tags; the others stay.
    @Transactional
    public void retag(UUID id, List<String> add, List<String> remove) {
        Ticket ticket = access.lock(id);
        rights.require(Right.EDIT, departments.of(ticket.departmentId()));
        List<String> next = new ArrayList<>(ticket.tags());
        next.removeAll(remove);
        next.addAll(add);
        ticket.tag(tags(next.stream().distinct().toList())).ifPresent(event -> append(ticket, List.of(event)));
    }

    /// Gives the ticket to an agent (within the team that has it, unless another is named), to a team, or to
    /// nobody.
    @Transactional
    public void assign(UUID id, @Nullable String ifMatch, @Nullable UUID agentId, @Nullable UUID teamId) {
        Ticket ticket = access.lock(id);
        if (ifMatch != null) {
            ETags.ifMatch(ifMatch, ticket.version());
        }
        Department department = departments.of(ticket.departmentId());
        List<DomainEvent> events = new ArrayList<>();
        UUID team = agentId != null && teamId == null ? ticket.teamId() : teamId;
        assignment(ticket, department, agentId, team).ifPresent(events::add);
        if (agentId != null && !events.isEmpty() && ticket.stageCategory() == StageCategory.NEW) {
            department
                    .stageOf(StageCategory.OPEN)
                    .ifPresent(open -> events.addAll(
                            stages.move(ticket, department, open, Ticket.Move.because(StageChanged.Why.ASSIGNED))));
        }
        append(ticket, events);
    }

    /// Solves or closes, with or without an explanation.
    @Transactional
    public void fold(UUID id, @Nullable String ifMatch, Closure closure) {
        Ticket ticket = access.lock(id);
        if (ifMatch != null) {
            ETags.ifMatch(ifMatch, ticket.version());
        }
        Department department = departments.of(ticket.departmentId());
        Stage to = closure.as() == StageCategory.CLOSED ? department.closeStage() : department.solveStage();
        // Without a stage for what is solved, solving is closing.
        rights.require(to.category() == StageCategory.CLOSED ? Right.CLOSE : Right.EDIT, department);
        choices.requireCloseReason(department.id(), closure.reason());
        choices.requireRootCauses(department.id(), closure.rootCauses());
        if (closure.comment() != null && !closure.comment().isBlank()) {
            conversations.add(
                    ticket,
                    NewMessage.internal(
                            Uuid7.next(),
                            MessageKind.COMMENT,
                            clock.instant(),
                            user.id(),
                            user.name(),
                            Body.text(closure.comment())),
                    List.of(),
                    List.of());
        }
        List<DomainEvent> events = new ArrayList<>();
        if (!closure.rootCauses().isEmpty()) {
            ticket.causedBy(closure.rootCauses()).ifPresent(events::add);
        }
        if (!to.id().equals(ticket.stageId())) {
            events.addAll(stages.move(
                    ticket,
                    department,
                    to,
                    new Ticket.Move(StageChanged.Why.CLOSURE, closure.reason(), closure.comment(), false)));
        }
        append(ticket, events);
    }

    /// How a ticket is solved or closed.
    ///
    /// @param as SOLVED or CLOSED
    public record Closure(
            StageCategory as,
            @Nullable String reason,
            @Nullable String comment,
            List<String> rootCauses) {}

    /// The time after solving has passed. A ticket that has been opened again meanwhile stays as it is.
    @Transactional(Transactional.TxType.MANDATORY)
    void closeSolved(UUID id) {
        Optional<Ticket> found = tickets.lock(id);
        if (found.isEmpty() || found.get().stageCategory() != StageCategory.SOLVED) {
            return;
        }
        Ticket ticket = found.get();
        if (!ticket.id().equals(id)) {
            // Merged in the very moment the timer began; the survivor has a timer of its own.
            return;
        }
        Department department = departments.of(ticket.departmentId());
        Instant solvedAt = Objects.requireNonNull(ticket.solvedAt());
        if (clock.instant().isBefore(solvedAt.plus(department.autoCloseAfter()))) {
            // Solved anew in the very moment the timer began, or the department waits longer than it did.
            stages.closeLater(ticket, department);
            return;
        }
        // What time does follows from the solving, however long ago that was.
        cause.follow(
                Actor.SYSTEM, tickets.lastEvent(ticket.id(), "StageChanged").orElse(null), cause.correlationId());
        append(
                ticket,
                stages.move(
                        ticket, department, department.closeStage(), Ticket.Move.because(StageChanged.Why.AUTO_CLOSE)));
    }

    private List<DomainEvent> chosen(Ticket ticket, Department department, UUID stageId) {
        Stage to = department
                .stage(stageId)
                .orElseThrow(() -> new ProblemException(
                        TicketError.STAGE_UNKNOWN, department.name() + " has no stage " + stageId + "."));
        if (to.id().equals(ticket.stageId())) {
            return List.of();
        }
        if (to.category() == StageCategory.CLOSED || ticket.stageCategory() == StageCategory.CLOSED) {
            rights.require(Right.CLOSE, department);
        }
        return stages.move(ticket, department, to, Ticket.Move.because(StageChanged.Why.AGENT));
    }

    private Optional<TicketAssigned> assignment(
            Ticket ticket, Department department, @Nullable UUID agentId, @Nullable UUID teamId) {
        if (Objects.equals(agentId, ticket.assigneeId()) && Objects.equals(teamId, ticket.teamId())) {
            return Optional.empty();
        }
        boolean elsewhere = false;
        UUID me = user.id();
        if (agentId != null && agentId.equals(ticket.assigneeId())) {
            // Stays with whoever has it; only the team is another one.
            assignees.requireInside("/teamId", agentId, department, teamId);
        } else if (agentId != null && !agentId.equals(me)) {
            elsewhere =
                    !assignees.require("/agentId", agentId, department, teamId).worksIn(department.id());
        } else if (agentId != null) {
            assignees.requireSelf("/agentId", department, teamId);
        }
        if (teamId != null && !teamId.equals(ticket.teamId())) {
            Team team = teams.findById(teamId);
            if (team == null) {
                throw new ProblemException(TicketError.TEAM_UNKNOWN, "There is no team " + teamId + ".");
            }
            elsewhere |= !team.worksIn(department.id());
        }
        boolean teamStays = Objects.equals(teamId, ticket.teamId());
        boolean taking = me.equals(agentId) && ticket.assigneeId() == null;
        boolean releasing = agentId == null && me.equals(ticket.assigneeId());
        if (elsewhere) {
            rights.require(Right.ASSIGN_ANYONE, department);
        } else if ((taking || releasing) && (teamStays || teamId == null)) {
            if (!rights.has(Right.ASSIGN_DEPARTMENT, department)) {
                rights.require(Right.ASSIGN_SELF, department);
            }
        } else {
            rights.require(Right.ASSIGN_DEPARTMENT, department);
        }
        return ticket.assign(agentId, teamId);
    }

    private void append(Ticket ticket, List<DomainEvent> events) {
        if (!events.isEmpty()) {
            eventLog.append(TicketOpening.TOPIC, ticket, events.toArray(DomainEvent[]::new));
        }
    }

    private String category(Department department, Ticket ticket, String value) {
        String name = line("/category", value, LONGEST_CATEGORY);
        if (!name.equals(ticket.category())) {
            choices.requireCategory(department.id(), name);
        }
        return name;
    }

    private Optional<FieldsChanged> type(Ticket ticket, Department department, @Nullable UUID typeId) {
        if (typeId != null && !typeId.equals(ticket.typeId())) {
            choices.requireType(department.id(), typeId);
        }
        return ticket.typed(typeId, choices.nameOfType(ticket.typeId()), choices.nameOfType(typeId));
    }

    private Optional<QueueChanged> queue(Ticket ticket, Department department, @Nullable UUID queueId) {
        if (queueId != null && !queueId.equals(ticket.queueId())) {
            queues.require(department.id(), queueId);
        }
        return ticket.queueUp(queueId);
    }

    private List<String> rootCauses(Department department, Ticket ticket, List<String> value) {
        if (value.size() > MOST_ROOT_CAUSES) {
            throw ProblemException.invalid("/rootCauses", "There may be " + MOST_ROOT_CAUSES + " root causes at most.");
        }
        List<String> names = lines("/rootCauses", value, LONGEST_CATEGORY);
        choices.requireRootCauses(
                department.id(),
                names.stream()
                        .filter(name -> !ticket.rootCauses().contains(name))
                        .toList());
        return names;
    }

    private static String line(String pointer, String value, int longest) {
        String line = value.strip();
        if (line.isEmpty() || line.length() > longest || line.chars().anyMatch(Character::isISOControl)) {
            throw ProblemException.invalid(pointer, "It must be one line of 1 to " + longest + " characters.");
        }
        return line;
    }

    private static List<String> tags(List<String> tags) {
        if (tags.size() > MOST_TAGS) {
            throw ProblemException.invalid("/tags", "There may be " + MOST_TAGS + " tags at most.");
        }
        return lines("/tags", tags, LONGEST_TAG);
    }

    private static List<String> lines(String pointer, List<String> values, int longest) {
        return values.stream()
                .map(value -> {
                    if (value == null) {
                        throw ProblemException.invalid(pointer, "None of them can be null.");
                    }
                    return line(pointer, value, longest);
                })
                .toList();
    }
}
