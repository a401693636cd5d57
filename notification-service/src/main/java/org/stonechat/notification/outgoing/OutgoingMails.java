package org.stonechat.notification.outgoing;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.work.DueWork;
import org.stonechat.notification.database.Database;
import org.stonechat.notification.directory.Directory;
import org.stonechat.notification.ticket.KnownTickets;
import org.stonechat.notification.ticket.TicketFacts;

/// Decides which mails go out, once each, and records what became of them.
@ApplicationScoped
public class OutgoingMails {

    static final String TOPIC = "mail";

    private final OutgoingMailRepository repository;
    private final KnownTickets tickets;
    private final Directory directory;
    private final Database database;
    private final DueWork dueWork;
    private final EventLog eventLog;
    private final InstantSource clock;

    OutgoingMails(
            OutgoingMailRepository repository,
            KnownTickets tickets,
            Directory directory,
            Database database,
            DueWork dueWork,
            EventLog eventLog,
            InstantSource clock) {
        this.repository = repository;
        this.tickets = tickets;
        this.directory = directory;
        this.database = database;
        this.dueWork = dueWork;
        this.eventLog = eventLog;
        this.clock = clock;
    }

    /// What sending takes, read in one transaction.
    record Prepared(OutgoingMail mail, Directory.Department department, KnownTickets.@Nullable KnownTicket ticket) {}

    /// Whether a mail can be sent now.
    sealed interface Preparation {

        record Ready(Prepared prepared) implements Preparation {}

        /// Settled meanwhile, or unknown.
        record Nothing() implements Preparation {}

        record NotYet(String reason) implements Preparation {}
    }

    /// Sends a message that is to go by mail, or keeps a review reply until it is known who mails its copy.
    /// Everything else is none of this service's business.
    @Transactional(Transactional.TxType.MANDATORY)
    public void messageAdded(TicketFacts facts, NewMessage.Data message, NewMessage.Personal personal) {
        UUID ticketId = Objects.requireNonNull(facts.ticketId());
        if ("MAIL".equals(message.deliverVia())) {
            List<Content.Recipient> to = recipients(
                    personal.recipients() == null
                            ? List.of()
                            : personal.recipients().to());
            List<Content.Recipient> cc = recipients(
                    personal.recipients() == null
                            ? List.of()
                            : personal.recipients().cc());
            to.forEach(recipient -> tickets.takesPart(ticketId, recipient.address()));
            cc.forEach(recipient -> tickets.takesPart(ticketId, recipient.address()));
            OutgoingMail.Kind kind =
                    message.kind().equals("FORWARD") ? OutgoingMail.Kind.FORWARD : OutgoingMail.Kind.REPLY;
            queue(kind, OutgoingMail.State.QUEUED, facts, message, personal, to, cc);
        } else if ("REVIEW".equals(message.deliverVia()) && message.mailCopy()) {
            boolean owed =
                    database.update("delete from review_copy_owed where message_id = ?", message.messageId()) > 0;
            queue(
                    OutgoingMail.Kind.REVIEW_COPY,
                    owed ? OutgoingMail.State.QUEUED : OutgoingMail.State.HELD,
                    facts,
                    message,
                    personal,
                    List.of(),
                    List.of());
        }
    }

    /// Sends a mail that failed once more, as the same mail: whoever got it after all sees it once.
    @Transactional(Transactional.TxType.MANDATORY)
    public void retry(UUID messageId) {
        repository.lockOfMessage(messageId).filter(OutgoingMail::again).ifPresent(mail -> {
            // Not `once`: it was scheduled before, and that has ended.
            dueWork.schedule(
                    MailSending.KIND,
                    mail.id().toString(),
                    clock.instant(),
                    "ticket:" + mail.ticketId(),
                    new MailSending.Nothing());
        });
    }

    /// A review reply was published. Its mail copy is ours only if the platform cannot mail.
    @Transactional(Transactional.TxType.MANDATORY)
    public void reviewReplied(UUID messageId, boolean mailCopyOwed) {
        Optional<OutgoingMail> held = repository.lockOfMessage(messageId);
        if (held.isEmpty()) {
            if (mailCopyOwed) {
                database.update(
                        "insert into review_copy_owed (message_id) values (?) on conflict do nothing", messageId);
            }
            return;
        }
        OutgoingMail mail = held.get();
        if (!mailCopyOwed) {
            mail.cancel(clock.instant());
        } else if (mail.release()) {
            scheduleSending(mail);
        }
    }

    @Transactional(Transactional.TxType.MANDATORY)
    public void ratingRequested(RatingRequest.Data request, RatingRequest.Personal personal) {
        NewMessage.Address recipient = personal.recipient();
        // Without a recipient the contact was erased before this was taken in.
        if (recipient == null
                || repository.lockOfRatingRequest(request.requestId()).isPresent()) {
            return;
        }
        OutgoingMail mail = new OutgoingMail(
                Uuid7.next(),
                new OutgoingMail.Origin(
                        OutgoingMail.Kind.RATING_REQUEST,
                        null,
                        request.requestId(),
                        request.ticketId(),
                        request.departmentId(),
                        null,
                        request.language(),
                        null,
                        List.of()),
                new Content(
                        List.of(new Content.Recipient(recipient.name(), recipient.address())),
                        List.of(),
                        Objects.requireNonNullElse(personal.subject(), ""),
                        Objects.requireNonNullElse(personal.text(), ""),
                        personal.html(),
                        null,
                        null,
                        Map.of(),
                        null,
                        null),
                List.of(),
                OutgoingMail.State.QUEUED,
                clock.instant());
        repository.persistAndFlush(mail);
        scheduleSending(mail);
    }

    /// Takes a request back that has not gone out yet.
    @Transactional(Transactional.TxType.MANDATORY)
    public void ratingRequestCancelled(UUID requestId) {
        repository
                .lockOfRatingRequest(requestId)
                .filter(mail -> dueWork.cancel(MailSending.KIND, mail.id().toString()))
                .ifPresent(mail -> mail.cancel(clock.instant()));
    }

    /// True when the mail with this id is one that this department sent.
    public boolean wasSentBy(String rfcMessageId, UUID departmentId) {
        return database.first("""
                        select 1 as one from message_identifier identifier
                        join outgoing_mail mail on mail.ticket_id = identifier.ticket_id
                        where identifier.rfc_message_id = ? and mail.rfc_message_id = identifier.rfc_message_id
                          and mail.department_id = ?
                        """, row -> row.number("one"), rfcMessageId, departmentId)
                .isPresent();
    }

    /// Fixes what later attempts must not change, before the first one; counts an attempt that follows a
    /// doubtful one.
    @Transactional
    Preparation prepare(UUID id, boolean inDoubt) {
        OutgoingMail mail = repository.lock(id).orElse(null);
        if (mail == null || mail.state() != OutgoingMail.State.QUEUED) {
            return new Preparation.Nothing();
        }
        Directory.Department department =
                directory.department(mail.departmentId()).orElse(null);
        if (department == null) {
            return new Preparation.NotYet("the department is not known here yet");
        }
        if (department.mailAddress() == null) {
            return new Preparation.NotYet("the department has no mail address");
        }
        mail.prepare(department.mailAddress(), inDoubt);
        tickets.identifies(Objects.requireNonNull(mail.rfcMessageId()), mail.ticketId(), mail.departmentId());
        return new Preparation.Ready(
                new Prepared(mail, department, tickets.find(mail.ticketId()).orElse(null)));
    }

    @Transactional
    void sent(UUID id, @Nullable String refused) {
        repository
                .lock(id)
                .filter(mail -> mail.state() == OutgoingMail.State.QUEUED)
                .ifPresent(mail -> eventLog.append(TOPIC, mail, mail.sent(refused, clock.instant())));
    }

    @Transactional
    void failed(UUID id, OutgoingMail.Failure failure) {
        repository
                .lock(id)
                .filter(mail -> mail.state() == OutgoingMail.State.QUEUED)
                .ifPresent(mail -> eventLog.append(TOPIC, mail, mail.failed(failure, clock.instant())));
    }

    private void queue(
            OutgoingMail.Kind kind,
            OutgoingMail.State state,
            TicketFacts facts,
            NewMessage.Data message,
            NewMessage.Personal personal,
            List<Content.Recipient> to,
            List<Content.Recipient> cc) {
        // Without a text the contact was erased before this was taken in.
        if (personal.bodyText() == null
                || repository.lockOfMessage(message.messageId()).isPresent()) {
            return;
        }
        NewMessage.ReplyThread thread = message.replyThread();
        List<NewMessage.Attachment> attachments = Objects.requireNonNullElse(message.attachments(), List.of());
        OutgoingMail mail = new OutgoingMail(
                Uuid7.next(),
                new OutgoingMail.Origin(
                        kind,
                        message.messageId(),
                        null,
                        Objects.requireNonNull(facts.ticketId()),
                        Objects.requireNonNull(facts.departmentId()),
                        message.authorId(),
                        facts.language(),
                        thread == null ? null : thread.inReplyTo(),
                        thread == null || thread.references() == null ? List.of() : thread.references()),
                new Content(
                        to,
                        cc,
                        Objects.requireNonNullElse(personal.subject(), ""),
                        personal.bodyText(),
                        personal.bodyHtml(),
                        personal.authorName(),
                        message.bodyBlob(),
                        Objects.requireNonNullElse(personal.attachmentNames(), Map.of()),
                        personal.signature() == null
                                ? null
                                : personal.signature().text(),
                        personal.signature() == null
                                ? null
                                : personal.signature().html()),
                attachments.stream()
                        .map(attachment -> new OutgoingMail.Attachment(
                                attachment.attachmentId(),
                                attachment.sha256(),
                                attachment.size(),
                                attachment.contentType(),
                                attachment.inline(),
                                attachment.contentId()))
                        .toList(),
                state,
                clock.instant());
        repository.persistAndFlush(mail);
        if (state == OutgoingMail.State.QUEUED) {
            scheduleSending(mail);
        }
    }

    private void scheduleSending(OutgoingMail mail) {
        dueWork.scheduleOnce(
                MailSending.KIND,
                mail.id().toString(),
                clock.instant(),
                "ticket:" + mail.ticketId(),
                new MailSending.Nothing());
    }

    private static List<Content.Recipient> recipients(List<NewMessage.Address> addresses) {
        return addresses.stream()
                .map(address -> new Content.Recipient(address.name(), address.address(), address.agentId()))
                .toList();
    }
}
