package org.stonechat.ticket.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.blob.BlobRef;
import org.stonechat.kit.blob.BlobReferences;
import org.stonechat.kit.blob.BlobStore;
import org.stonechat.kit.event.Actor;
import org.stonechat.kit.event.Cause;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.ticket.agent.Agent;
import org.stonechat.ticket.agent.AgentRepository;
import org.stonechat.ticket.contact.Contacts;
import org.stonechat.ticket.conversation.Attachment;
import org.stonechat.ticket.conversation.Body;
import org.stonechat.ticket.conversation.MessageRepository;
import org.stonechat.ticket.conversation.NewMessage;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.event.Channel;
import org.stonechat.ticket.event.Correspondent;
import org.stonechat.ticket.event.MailHandled;
import org.stonechat.ticket.event.MessageKind;
import org.stonechat.ticket.event.Priority;
import org.stonechat.ticket.event.Recipients;
import org.stonechat.ticket.ticket.Conversations;
import org.stonechat.ticket.ticket.NewTicket;
import org.stonechat.ticket.ticket.Ticket;
import org.stonechat.ticket.ticket.TicketOpening;
import org.stonechat.ticket.ticket.TicketRepository;

/// Decides what becomes of a mail. The notification service has read it and proposed a ticket; aliases,
/// participants and follow-ups are known here alone.
@ApplicationScoped
class IncomingMail {

    private static final String MAIL_BLOBS = "notification-service";
    private static final String OWNER_KIND = "ticket-attachment";
    private static final int LONGEST_SUBJECT = 500;
    private static final int LONGEST_HTML_BYTES = 512 * 1024;

    private final TicketRepository tickets;
    private final TicketOpening opening;
    private final Conversations conversations;
    private final DepartmentRepository departments;
    private final MessageRepository messages;
    private final AgentRepository agents;
    private final BlobStore blobs;
    private final BlobReferences references;
    private final EntityManager entityManager;
    private final EventLog eventLog;
    private final Cause cause;
    private final InstantSource clock;

    IncomingMail(
            TicketRepository tickets,
            TicketOpening opening,
            Conversations conversations,
            DepartmentRepository departments,
            MessageRepository messages,
            AgentRepository agents,
            BlobStore blobs,
            BlobReferences references,
            EntityManager entityManager,
            EventLog eventLog,
            Cause cause,
            InstantSource clock) {
        this.tickets = tickets;
        this.opening = opening;
        this.conversations = conversations;
        this.departments = departments;
        this.messages = messages;
        this.agents = agents;
        this.blobs = blobs;
        this.references = references;
        this.entityManager = entityManager;
        this.eventLog = eventLog;
        this.cause = cause;
        this.clock = clock;
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void take(ReceivedMail mail) {
        ReceivedMail.Data data = mail.data();
        Correspondent from = mail.personal().from();
        if (from == null || from.address() == null) {
            ignore(data.mailId(), "NO_SENDER");
            return;
        }
        Optional<Ticket> proposed = Optional.ofNullable(data.proposedTicketId()).flatMap(tickets::lock);
        switch (data.classification()) {
            case LIST -> ignore(data.mailId(), "LIST");
            case BOUNCE, AUTO_REPLY -> fromMachine(mail, from, from.address(), proposed);
            case AGENT_ANSWER ->
                proposed.ifPresentOrElse(
                        ticket -> comment(ticket, mail, from), () -> ignore(data.mailId(), "TICKET_UNKNOWN"));
            case NEW, REPLY -> fromCustomer(mail, from, from.address(), proposed);
        }
    }

    /// What nobody wrote enters a ticket only where we had written to who sends it, or to whom a report is about:
    /// anybody can name a ticket. Else the mail's own entry in the ledger is all there is of it, and says why.
    private void fromMachine(ReceivedMail mail, Correspondent from, String address, Optional<Ticket> proposed) {
        ReceivedMail.Data data = mail.data();
        if (proposed.isEmpty()) {
            ignore(data.mailId(), data.classification().name());
            return;
        }
        Ticket ticket = proposed.get();
        // A report names a mail of ours, or comes back to an address that we signed: a number alone is no report's.
        boolean report = data.classification() == ReceivedMail.Classification.BOUNCE
                && data.foundBy() != ReceivedMail.FoundBy.SUBJECT_TOKEN;
        boolean concernsUs = wroteTo(ticket, address)
                || (report && mail.personal().reported().stream().anyMatch(reported -> wroteTo(ticket, reported)));
        if (concernsUs && mayBeWhomItNames(data)) {
            internal(ticket, mail, address, MessageKind.NOTE, null, stranger(from, address));
        } else {
            ignore(data.mailId(), data.classification().name() + "_OF_STRANGER");
        }
    }

    /// False where a server that is trusted says that somebody else sent it.
    private static boolean mayBeWhomItNames(ReceivedMail.Data data) {
        return !Boolean.FALSE.equals(data.senderAuthenticated());
    }

    private boolean wroteTo(Ticket ticket, String address) {
        return messages.takesPart(ticket.id(), address) || messages.forwardedTo(ticket.id(), address);
    }

    private void fromCustomer(ReceivedMail mail, Correspondent from, String address, Optional<Ticket> proposed) {
        Department department = departments.known(mail.data().departmentId());
        if (address.equalsIgnoreCase(department.mailAddress())) {
            // A mail of our own that came back would answer itself for ever.
            ignore(mail.data().mailId(), "OWN_ADDRESS");
            return;
        }
        if (proposed.isEmpty()) {
            open(mail, from, address, null);
            return;
        }
        Ticket ticket = proposed.get();
        if (answersForward(mail.data(), ticket)) {
            answerToForward(ticket, mail, from, address);
            return;
        }
        // Whoever only says so is no customer: it may be anybody's mail in the customer's name.
        if (!mayBeWhomItNames(mail.data()) || !messages.takesPart(ticket.id(), address)) {
            if (mail.data().foundBy() == ReceivedMail.FoundBy.SIGNED_ADDRESS
                    || messages.forwardedTo(ticket.id(), address)) {
                // They hold an address of the ticket, or a forward: they speak to those who work here, not as the
                // customer.
                internal(ticket, mail, address, MessageKind.COMMENT, null, stranger(from, address));
            } else {
                open(mail, from, address, null);
            }
            return;
        }
        Department home = departments.of(ticket.departmentId());
        if (!ticket.takesCustomerMessage(clock.instant(), home.reopenWindow())) {
            open(mail, from, address, ticket);
            return;
        }
        UUID messageId = Uuid7.next();
        List<Attachment> attachments = attachments(mail, ticket.id(), messageId, ticket.contactId());
        conversations.customerWrote(
                ticket,
                home,
                message(mail, from, messageId),
                attachments,
                changed -> List.of(MailHandled.into(
                        changed.standing(), mail.data().mailId(), MailHandled.Outcome.MESSAGE, messageId)));
    }

    /// Whether the mail came to the address of a forward, or the newest of the ticket's messages that it refers to is
    /// one: forwards went out with the customer's address before they had one of their own.
    private boolean answersForward(ReceivedMail.Data data, Ticket ticket) {
        return data.answersForward()
                || newestFirst(data).stream()
                        .map(reference -> messages.kindOfMail(ticket.id(), reference))
                        .flatMap(Optional::stream)
                        .findFirst()
                        .filter(kind -> kind == MessageKind.FORWARD)
                        .isPresent();
    }

    private static List<String> newestFirst(ReceivedMail.Data data) {
        List<String> references = new ArrayList<>();
        if (data.inReplyTo() != null) {
            references.add(data.inReplyTo());
        }
        if (data.references() != null) {
            references.addAll(data.references().reversed());
        }
        return references;
    }

    /// It may quote what the customer must not see, so it stays inside, whoever writes it. An agent is its author
    /// where the forward had gone to that agent alone.
    private void answerToForward(Ticket ticket, ReceivedMail mail, Correspondent from, String address) {
        Optional<Agent> agent = Optional.ofNullable(mail.data().agentId())
                .flatMap(agents::atWork)
                .filter(staff -> isFrom(staff, address, mail));
        agent.ifPresent(
                staff -> cause.actAs(new Actor(Actor.Kind.AGENT, staff.id().toString(), staff.displayName())));
        internal(
                ticket,
                mail,
                agent.isPresent() ? null : address,
                MessageKind.COMMENT,
                agent.map(Agent::id).orElse(null),
                agent.map(Agent::displayName).orElseGet(() -> stranger(from, address)));
    }

    /// How somebody is called who is not known to work here: with the address, because the name says what they want.
    private static String stranger(Correspondent from, String address) {
        String name = Body.withoutNulOrNull(from.name());
        return name == null || name.isBlank() || name.equalsIgnoreCase(address) ? address : name + " <" + address + ">";
    }

    /// @param closed the ticket that a late message continues
    private void open(ReceivedMail mail, Correspondent from, String address, @Nullable Ticket closed) {
        ReceivedMail.Data data = mail.data();
        UUID ticketId = Uuid7.next();
        UUID messageId = Uuid7.next();
        List<Attachment> attachments = attachments(mail, ticketId, messageId, null);
        opening.open(
                new NewTicket(
                        ticketId,
                        closed == null ? data.departmentId() : closed.departmentId(),
                        subject(mail),
                        new Contacts.Writer(from.name(), address, data.language()),
                        Channel.MAIL,
                        "MAIL",
                        closed == null ? null : closed.teamId(),
                        null,
                        null,
                        Priority.NORMAL,
                        null,
                        NewTicket.OTHER,
                        List.of(),
                        data.language(),
                        null,
                        null,
                        null,
                        message(mail, from, messageId),
                        attachments,
                        null,
                        closed == null ? null : closed.id()),
                ticket -> List.of(
                        MailHandled.into(ticket.standing(), data.mailId(), MailHandled.Outcome.TICKET, messageId)));
    }

    private static boolean isFrom(Agent agent, String address, ReceivedMail mail) {
        return address.equalsIgnoreCase(agent.mail()) && mayBeWhomItNames(mail.data());
    }

    /// An agent answered a notification: only those who work here see it. Somebody else who got hold of the agent's
    /// address is shown as who they are.
    private void comment(Ticket ticket, ReceivedMail mail, Correspondent from) {
        UUID agentId = mail.data().agentId();
        Agent agent = agentId == null ? null : agents.atWork(agentId).orElse(null);
        if (agent == null) {
            ignore(mail.data().mailId(), "AGENT_UNKNOWN");
            return;
        }
        String address = Objects.requireNonNull(from.address());
        if (!isFrom(agent, address, mail)) {
            internal(ticket, mail, address, MessageKind.COMMENT, null, stranger(from, address));
            return;
        }
        cause.actAs(new Actor(Actor.Kind.AGENT, agent.id().toString(), agent.displayName()));
        internal(ticket, mail, null, MessageKind.COMMENT, agent.id(), agent.displayName());
    }

    /// @param address where it says it came from; null for somebody who works here, whose name says enough
    private void internal(
            Ticket ticket,
            ReceivedMail mail,
            @Nullable String address,
            MessageKind kind,
            @Nullable UUID authorId,
            @Nullable String authorName) {
        UUID messageId = Uuid7.next();
        NewMessage message = NewMessage.internal(
                        messageId, kind, clock.instant(), authorId, authorName, body(mail, messageId))
                .byMail(mail.data().mailId(), address, null, List.of(), Recipients.NONE);
        conversations.add(
                ticket,
                message,
                attachments(mail, ticket.id(), messageId, ticket.contactId()),
                List.of(MailHandled.into(
                        ticket.standing(), mail.data().mailId(), MailHandled.Outcome.COMMENT, messageId)));
    }

    private NewMessage message(ReceivedMail mail, Correspondent from, UUID messageId) {
        ReceivedMail.Personal personal = mail.personal();
        return NewMessage.fromCustomer(
                        messageId,
                        clock.instant(),
                        Body.withoutNulOrNull(from.name() == null ? from.address() : from.name()),
                        subject(mail),
                        body(mail, messageId))
                .byMail(
                        mail.data().mailId(),
                        from.address(),
                        mail.data().messageId(),
                        chain(mail.data()),
                        new Recipients(present(personal.to()), present(personal.cc())));
    }

    private Body body(ReceivedMail mail, UUID messageId) {
        ReceivedMail.Blob longHtml = mail.data().bodyHtmlBlob();
        Body body = Body.of(
                mail.personal().bodyText(), longHtml == null ? mail.personal().bodyHtml() : html(longHtml));
        ReceivedMail.Blob whole = mail.data().bodyBlob();
        if (whole == null) {
            return body;
        }
        BlobRef copy = blobs.copyFrom(MAIL_BLOBS, whole.sha256());
        references.add(copy, "message-body", messageId, null);
        return body.beginningOf(copy);
    }

    /// What is kept of a long HTML body is its cleaned form beside the message, so nothing refers to the copy.
    private String html(ReceivedMail.Blob longHtml) {
        BlobRef copy = blobs.copyFrom(MAIL_BLOBS, longHtml.sha256());
        try (InputStream bytes = blobs.open(copy.sha256())) {
            // The sanitiser closes whatever the cut leaves open.
            return new String(bytes.readNBytes(LONGEST_HTML_BYTES), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> chain(ReceivedMail.Data data) {
        List<String> chain = data.references() == null ? new ArrayList<>() : new ArrayList<>(data.references());
        if (data.inReplyTo() != null && !chain.contains(data.inReplyTo())) {
            chain.add(data.inReplyTo());
        }
        return chain;
    }

    private static List<Correspondent> present(@Nullable List<Correspondent> correspondents) {
        return correspondents == null
                ? List.of()
                : correspondents.stream()
                        .filter(someone -> someone.address() != null)
                        .toList();
    }

    /// Each service has blobs of its own, so what the mail brought is copied here.
    private List<Attachment> attachments(ReceivedMail mail, UUID ticketId, UUID messageId, @Nullable UUID contactId) {
        if (mail.data().attachments() == null) {
            return List.of();
        }
        Map<UUID, String> names = mail.personal().attachmentNames() == null
                ? Map.of()
                : mail.personal().attachmentNames();
        List<Attachment> attachments = new ArrayList<>();
        for (ReceivedMail.File file : mail.data().attachments()) {
            BlobRef copy = blobs.copyFrom(MAIL_BLOBS, file.sha256());
            UUID id = Uuid7.next();
            references.add(copy, OWNER_KIND, id, contactId);
            attachments.add(new Attachment(
                    id,
                    ticketId,
                    messageId,
                    names.getOrDefault(file.attachmentId(), "attachment"),
                    copy.sha256(),
                    copy.size(),
                    file.contentType(),
                    file.inline(),
                    file.contentId(),
                    null,
                    clock.instant()));
        }
        return attachments;
    }

    private static String subject(ReceivedMail mail) {
        String subject = mail.personal().subject();
        String line =
                subject == null ? "" : subject.replaceAll("\\p{Cntrl}+", " ").strip();
        if (line.isEmpty()) {
            return "(no subject)";
        }
        if (line.length() <= LONGEST_SUBJECT) {
            return line;
        }
        // Not in the middle of a character of two halves.
        int end = Character.isHighSurrogate(line.charAt(LONGEST_SUBJECT - 1)) ? LONGEST_SUBJECT - 1 : LONGEST_SUBJECT;
        return line.substring(0, end);
    }

    private void ignore(UUID mailId, String reason) {
        MailDecision decision = new MailDecision(mailId, reason, clock.instant());
        eventLog.append(TicketOpening.TOPIC, decision, decision.handled());
        entityManager.persist(decision);
    }
}
