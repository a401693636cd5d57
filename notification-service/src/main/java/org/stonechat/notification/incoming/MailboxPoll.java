package org.stonechat.notification.incoming;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.FolderNotFoundException;
import jakarta.mail.MessagingException;

import org.jboss.logging.Logger;
import org.stonechat.kit.blob.BlobRef;
import org.stonechat.kit.blob.BlobStore;
import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkHandler;
import org.stonechat.kit.work.WorkItem;
import org.stonechat.notification.mailbox.MailboxSchedule;
import org.stonechat.notification.mailbox.Mailboxes;
import org.stonechat.notification.mailbox.UnfetchedMails;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;

/// Looks into a mailbox, keeps the bytes of whatever is new, enters it in the ledger, and schedules the next
/// look.
///
/// Nothing is read here, so no mail can stop the ones behind it, and neither can one that the mail server does
/// not hand over. A mail whose entry did not commit is fetched again.
@ApplicationScoped
class MailboxPoll implements WorkHandler {

    private static final Logger LOG = Logger.getLogger(MailboxPoll.class);
    private static final int MOST_AT_ONCE = 50;

    private final Mailboxes mailboxes;
    private final MailboxSchedule schedule;
    private final ImapReader imap;
    private final PollConfig config;
    private final BlobStore blobs;
    private final Ledger ledger;
    private final UnfetchedMails unfetched;
    private final MeterRegistry metrics;

    MailboxPoll(
            Mailboxes mailboxes,
            MailboxSchedule schedule,
            ImapReader imap,
            PollConfig config,
            BlobStore blobs,
            Ledger ledger,
            UnfetchedMails unfetched,
            MeterRegistry metrics) {
        this.mailboxes = mailboxes;
        this.schedule = schedule;
        this.imap = imap;
        this.config = config;
        this.blobs = blobs;
        this.ledger = ledger;
        this.unfetched = unfetched;
        this.metrics = metrics;
    }

    /// Picks up chains of polls that were broken off.
    void start(@Observes @Priority(Integer.MAX_VALUE - 1) StartupEvent started) {
        mailboxes.enabled().forEach(schedule::ensurePolled);
    }

    @Override
    public String kind() {
        return MailboxSchedule.KIND;
    }

    @Override
    public int maxAttempts() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Duration timeout() {
        return Duration.ofMinutes(5);
    }

    @Override
    public Outcome perform(WorkItem item) {
        UUID id = UUID.fromString(item.subject());
        Optional<Mailboxes.Access> access = mailboxes.access(id);
        if (access.isEmpty()) {
            return Outcome.done();
        }
        try {
            boolean more = imap.fetch(access.get(), MOST_AT_ONCE, new Mailbox(access.get()));
            return Outcome.done(() -> {
                mailboxes.polled(id, null);
                schedule.pollAfter(id, more ? Duration.ZERO : config.poll());
            });
        } catch (MessagingException | UncheckedIOException failure) {
            metrics.counter("stonechat.mailbox.poll.failures").increment();
            LOG.warnf("a mailbox could not be read: mailboxId=%s: %s", id, failure.getMessage());
            String reason = reason(failure);
            return Outcome.done(() -> {
                mailboxes.polled(id, reason);
                schedule.pollAfter(id, pauseAfter(access.get().position().failures() + 1));
            });
        }
    }

    /// What becomes of the mails of one mailbox.
    private final class Mailbox implements ImapReader.Intake {

        private final Mailboxes.Access access;

        Mailbox(Mailboxes.Access access) {
            this.access = access;
        }

        @Override
        public void take(long uidValidity, long uid, InputStream raw) throws MessagingException {
            MailboxPoll.this.take(access, uidValidity, uid, raw);
        }

        @Override
        public void refused(long uidValidity, long uid, boolean connected) {
            metrics.counter("stonechat.mail.unfetched").increment();
            LOG.warnf("the mail server does not hand a mail over: mailboxId=%s uid=%d", access.id(), uid);
            unfetched.refused(access.id(), uidValidity, uid, connected, MailboxPoll.this::pauseAfter);
        }

        @Override
        public void gone(long uidValidity, long uid) {
            unfetched.settled(access.id(), uidValidity, uid);
        }

        @Override
        public List<Long> again(long uidValidity) {
            return unfetched.due(access.id(), uidValidity);
        }
    }

    private void take(Mailboxes.Access access, long uidValidity, long uid, InputStream bytes) {
        BlobRef raw = blobs.put(bytes);
        Identity identity = identityOf(raw);
        ledger.enter(new IncomingMail.Found(
                access.id(),
                access.departmentId(),
                uidValidity,
                uid,
                raw,
                identity.messageId(),
                identity.fingerprint()));
        metrics.counter("stonechat.mail.received").increment();
    }

    private Identity identityOf(BlobRef raw) {
        try (InputStream bytes = blobs.open(raw.sha256());
                InputStream again = blobs.open(raw.sha256())) {
            return Identity.of(raw, bytes, again);
        } catch (IOException failure) {
            throw new UncheckedIOException("a mail that was just stored cannot be read", failure);
        }
    }

    private Duration pauseAfter(int failures) {
        Duration pause = config.poll().multipliedBy(1L << Math.min(failures, 16));
        return pause.compareTo(config.longestPause()) < 0 ? pause : config.longestPause();
    }

    private static String reason(Exception failure) {
        return switch (failure) {
            case AuthenticationFailedException refused -> "The mail server refuses the user or the password.";
            case FolderNotFoundException missing -> "The mailbox has no such folder.";
            case MessagingException other -> "The mail server cannot be read at the moment.";
            default -> "The mail could not be stored at the moment.";
        };
    }
}
