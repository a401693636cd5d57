package org.stonechat.notification.incoming;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.blob.BlobReferences;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.work.DueWork;
import org.stonechat.notification.NotificationError;
import org.stonechat.notification.mailbox.Mailboxes;
import org.stonechat.notification.mailbox.UnfetchedMails;
import org.stonechat.notification.ticket.KnownTickets;

/// The account of incoming mail: what arrived, and what became of it.
@ApplicationScoped
public class Ledger {

    static final String TOPIC = "mail";
    static final String RAW_MAIL = "raw-mail";
    static final String ATTACHMENT = "mail-attachment";

    private final IncomingMailRepository repository;
    private final Mailboxes mailboxes;
    private final UnfetchedMails unfetched;
    private final BlobReferences blobReferences;
    private final DueWork dueWork;
    private final EventLog eventLog;
    private final KnownTickets tickets;
    private final LedgerSight sight;
    private final InstantSource clock;

    Ledger(
            IncomingMailRepository repository,
            Mailboxes mailboxes,
            UnfetchedMails unfetched,
            BlobReferences blobReferences,
            DueWork dueWork,
            EventLog eventLog,
            KnownTickets tickets,
            LedgerSight sight,
            InstantSource clock) {
        this.repository = repository;
        this.mailboxes = mailboxes;
        this.unfetched = unfetched;
        this.blobReferences = blobReferences;
        this.dueWork = dueWork;
        this.eventLog = eventLog;
        this.tickets = tickets;
        this.sight = sight;
        this.clock = clock;
    }

    /// Enters a mail whose bytes are stored, schedules its reading, and moves the mailbox's position past it:
    /// all of it or nothing. A mail that is in the ledger already is entered as a duplicate and read no
    /// further.
    @Transactional
    void enter(IncomingMail.Found found) {
        Instant now = clock.instant();
        if (!repository.isKnown(found)) {
            UUID id = Uuid7.next();
            Optional<IncomingMail> original = repository.sameAs(found);
            if (original.isPresent()) {
                repository.persist(IncomingMail.duplicate(id, found, original.get(), now));
                repository.flush();
                sight.follow(id);
            } else {
                repository.persist(IncomingMail.stored(id, found, now));
                scheduleReading(id, found.mailboxId(), now);
            }
            blobReferences.add(found.raw(), RAW_MAIL, id, null);
        }
        unfetched.settled(found.mailboxId(), found.uidValidity(), found.uid());
        mailboxes.readUpTo(found.mailboxId(), found.uidValidity(), found.uid());
    }

    @Transactional
    Optional<IncomingMail> find(UUID id) {
        return repository.findByIdOptional(id);
    }

    @Transactional
    Optional<IncomingMail> find(UUID id, LedgerViewer viewer) {
        return repository.findByIdOptional(id).filter(mail -> sight.isSeen(id, viewer));
    }

    /// Publishes a mail that was read. Does nothing when it was read meanwhile.
    @Transactional
    void publish(UUID id, MailReceived.Data data, MailReceived.Personal personal, ReadMail mail) {
        repository
                .lock(id)
                .filter(incoming -> incoming.state() == IncomingMail.State.STORED)
                .ifPresent(incoming -> {
                    for (ReadMail.ReadAttachment attachment : mail.attachments()) {
                        blobReferences.add(attachment.blob(), ATTACHMENT, id, null);
                    }
                    if (data.bodyBlob() != null) {
                        blobReferences.add(data.bodyBlob(), ATTACHMENT, id, null);
                    }
                    if (data.bodyHtmlBlob() != null) {
                        blobReferences.add(data.bodyHtmlBlob(), ATTACHMENT, id, null);
                    }
                    String unread =
                            mail.unread() == null ? null : "Not all of it could be read: " + mail.unread() + ".";
                    eventLog.append(TOPIC, incoming, incoming.read(data, personal, unread));
                    repository.flush();
                    sight.follow(id);
                });
    }

    /// Lets the mails behind it pass: it is read by itself, as soon as there is time.
    @Transactional
    void readApart(UUID id, String reason) {
        repository
                .lock(id)
                .filter(incoming -> incoming.state() == IncomingMail.State.STORED)
                .ifPresent(incoming -> {
                    incoming.readApart(reason);
                    dueWork.schedule(
                            MailReadingApart.KIND, id.toString(), clock.instant(), null, new MailReading.Nothing());
                });
    }

    @Transactional
    void setAside(UUID id, @Nullable MailAddress from, String subject, String reason) {
        repository
                .lock(id)
                .filter(incoming -> incoming.state() == IncomingMail.State.STORED)
                .ifPresent(incoming -> incoming.setAside(from, subject, reason, clock.instant()));
    }

    @Transactional
    void fail(UUID id, String reason) {
        repository
                .lock(id)
                .filter(incoming -> incoming.state() == IncomingMail.State.STORED)
                .ifPresent(incoming -> incoming.fail(reason, clock.instant()));
    }

    /// Closes the entry with what the ticket service made of the mail, and remembers the mail's id and sender
    /// for the answers to come.
    @Transactional(Transactional.TxType.MANDATORY)
    public void handled(UUID mailId, @Nullable UUID ticketId, @Nullable UUID messageId, @Nullable String reason) {
        repository.lock(mailId).ifPresent(incoming -> {
            incoming.handled(ticketId, messageId, reason, clock.instant());
            if (ticketId != null) {
                if (incoming.rfcMessageId() != null) {
                    tickets.identifies(incoming.rfcMessageId(), ticketId, incoming.departmentId());
                }
                if (incoming.sender() != null) {
                    tickets.takesPart(ticketId, incoming.sender());
                }
                repository.flush();
                sight.copiesFollow(mailId);
                sight.follow(mailId);
            }
        });
    }

    /// The ticket lies elsewhere than it did, and the mail of it with it.
    @Transactional(Transactional.TxType.MANDATORY)
    public void ticketMoved(UUID ticketId) {
        sight.followTicket(ticketId);
    }

    /// Reads a failed mail, or one that was set aside, once more.
    ///
    /// @param mayPass tells whether the caller may do so in the mail's department
    @Transactional
    IncomingMail reprocess(UUID id, LedgerViewer viewer, Predicate<UUID> mayPass) {
        IncomingMail mail = repository
                .lock(id)
                .filter(incoming -> sight.isSeen(id, viewer) && mayPass.test(incoming.departmentId()))
                .orElseThrow(() -> ProblemException.notFound("mail"));
        if (!mail.reprocessable()) {
            throw new ProblemException(
                    NotificationError.MAIL_NOT_REPROCESSABLE,
                    "The mail is " + mail.state() + ": processing it again could double it.");
        }
        mail.reprocess();
        scheduleReading(id, mail.mailboxId(), clock.instant());
        return mail;
    }

    private void scheduleReading(UUID id, UUID mailboxId, Instant now) {
        dueWork.schedule(MailReading.KIND, id.toString(), now, "mailbox:" + mailboxId, new MailReading.Nothing());
    }
}
