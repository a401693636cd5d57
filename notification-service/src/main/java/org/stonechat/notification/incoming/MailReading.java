package org.stonechat.notification.incoming;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.blob.BlobNotFoundException;
import org.stonechat.kit.blob.BlobRef;
import org.stonechat.kit.blob.BlobStore;
import org.stonechat.kit.event.Actor;
import org.stonechat.kit.event.Cause;
import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkHandler;
import org.stonechat.kit.work.WorkItem;
import org.stonechat.notification.directory.Directory;
import org.stonechat.notification.mailbox.Mailboxes;
import org.stonechat.notification.outgoing.OutgoingMails;

/// Reads a stored mail and publishes it. Every mail ends here: published, set aside, or failed with a reason.
@ApplicationScoped
class MailReading implements WorkHandler {

    static final String KIND = "mail-reading";

    /// Longer bodies travel as blobs, so that an event stays small.
    static final int LONGEST_IN_EVENT = 32 * 1024;

    static final String STORE_AWAY = "the blob store could not be read";

    private static final Logger LOG = Logger.getLogger(MailReading.class);

    private final Ledger ledger;
    private final Mailboxes mailboxes;
    private final BlobStore blobs;
    private final Proposals proposals;
    private final Directory directory;
    private final OutgoingMails outgoing;
    private final Cause cause;
    private final PollConfig config;
    private final InstantSource clock;

    MailReading(
            Ledger ledger,
            Mailboxes mailboxes,
            BlobStore blobs,
            Proposals proposals,
            Directory directory,
            OutgoingMails outgoing,
            Cause cause,
            PollConfig config,
            InstantSource clock) {
        this.ledger = ledger;
        this.mailboxes = mailboxes;
        this.blobs = blobs;
        this.proposals = proposals;
        this.directory = directory;
        this.outgoing = outgoing;
        this.cause = cause;
        this.config = config;
        this.clock = clock;
    }

    record Nothing() {}

    @Override
    public String kind() {
        return KIND;
    }

    /// Mails of one mailbox are read in their order, so a stubborn one may not hold the others up: after the
    /// second attempt it is read apart from them.
    @Override
    public int maxAttempts() {
        return 4;
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(60);
    }

    @Override
    public int concurrency() {
        return 4;
    }

    @Override
    public void onExhausted(WorkItem item, String reason) {
        ledger.fail(UUID.fromString(item.subject()), "It could not be read: " + reason);
    }

    @Override
    public Outcome perform(WorkItem item) {
        UUID id = UUID.fromString(item.subject());
        boolean again = item.attempt() > 1;
        if (again && item.inDoubt()) {
            return apart(id, "an attempt to read it came to no end");
        }
        try {
            return read(id, config.readingTime(), true);
        } catch (IOException | UncheckedIOException away) {
            LOG.warnf(away, "a mail could not be read from the blob store: mailId=%s", id);
            return again ? apart(id, STORE_AWAY) : Outcome.retry(STORE_AWAY);
        } catch (RuntimeException | StackOverflowError stumble) {
            LOG.warnf(stumble, "a mail could not be read in its turn: mailId=%s", id);
            return again ? apart(id, "its reader stumbled over it") : Outcome.retry("its reader stumbled over it");
        }
    }

    /// A second for each megabyte, as long as its attachments may take on their way to a slow store.
    private static Duration transferOf(IncomingMail mail) {
        return Duration.ofMillis(mail.raw().size() / 1024);
    }

    private Outcome apart(UUID id, String reason) {
        String sentence = "It is read apart from the mails behind it: " + reason + ".";
        return Outcome.done(() -> ledger.readApart(id, sentence));
    }

    /// @param inTurn whether others wait until this is done: then one that takes too long is put off
    Outcome read(UUID id, Duration time, boolean inTurn) throws IOException {
        Optional<IncomingMail> stored = ledger.find(id).filter(mail -> mail.state() == IncomingMail.State.STORED);
        if (stored.isEmpty()) {
            return Outcome.done();
        }
        try {
            ReadMail mail;
            try (InputStream raw = blobs.open(stored.get().raw().sha256())) {
                mail = new MailReader(
                                blobs::put,
                                new ReadingBudget(clock, inTurn ? time : time.plus(transferOf(stored.get()))))
                        .read(raw);
            }
            return mail.outOfTime() && inTurn ? apart(id, "it takes too long to read") : read(stored.get(), mail);
        } catch (MailUnreadable unreadable) {
            return unreadable.isOutOfTime() && inTurn
                    ? apart(id, unreadable.reason())
                    : failed(id, unreadable.reason());
        } catch (BlobNotFoundException lost) {
            return failed(id, "its stored bytes are missing");
        }
    }

    private Outcome failed(UUID id, String reason) {
        String sentence = "It could not be read: " + reason + ".";
        return Outcome.done(() -> ledger.fail(id, sentence));
    }

    private Outcome read(IncomingMail incoming, ReadMail mail) {
        MailAddress from = mail.from();
        if (from == null) {
            return setAside(incoming, mail, "It names no sender.");
        }
        String mailboxAddress = mailboxes.addressOf(incoming.mailboxId());
        if (comesFromOurselves(incoming, from, mailboxAddress)) {
            return setAside(incoming, mail, "It is our own mail that came back.");
        }
        Proposal proposal = proposals.of(mail, incoming.departmentId());
        BlobRef textBlob = blobOf(mail.text());
        BlobRef htmlBlob = blobOf(mail.html());
        MailReceived.Data data = new MailReceived.Data(
                incoming.id(),
                incoming.mailboxId(),
                incoming.departmentId(),
                mailboxAddress,
                mail.headers().messageId(),
                mail.headers().inReplyTo(),
                mail.headers().references(),
                Classification.of(mail, proposal),
                proposal.ticketId(),
                proposal.foundBy(),
                proposal.agentId(),
                incoming.raw(),
                mail.attachments().stream().map(MailReceived.Attachment::from).toList(),
                mail.language(),
                mail.sentAt(),
                incoming.storedAt(),
                textBlob,
                htmlBlob);
        MailReceived.Personal personal = new MailReceived.Personal(
                from,
                mail.to(),
                mail.cc(),
                mail.subject(),
                textBlob == null ? mail.text() : MailText.fitting(mail.text(), LONGEST_IN_EVENT),
                htmlBlob == null ? mail.html() : null,
                names(mail.attachments()));
        return Outcome.done(() -> {
            cause.actAs(new Actor(Actor.Kind.MAIL, null, null));
            ledger.publish(incoming.id(), data, personal, mail);
        });
    }

    private Outcome setAside(IncomingMail incoming, ReadMail mail, String reason) {
        return Outcome.done(() -> ledger.setAside(incoming.id(), mail.from(), mail.subject(), reason));
    }

    /// A mail of the same department's own address, or one that we sent and that came back to where it was
    /// sent from.
    private boolean comesFromOurselves(IncomingMail incoming, MailAddress from, String mailboxAddress) {
        String sender = from.address().toLowerCase(Locale.ROOT);
        String departmentAddress = directory
                .department(incoming.departmentId())
                .map(Directory.Department::mailAddress)
                .orElse(mailboxAddress);
        return sender.equals(mailboxAddress.toLowerCase(Locale.ROOT))
                || sender.equals(departmentAddress.toLowerCase(Locale.ROOT))
                || (incoming.rfcMessageId() != null
                        && outgoing.wasSentBy(incoming.rfcMessageId(), incoming.departmentId()));
    }

    private @Nullable BlobRef blobOf(@Nullable String body) {
        if (body == null || body.length() <= LONGEST_IN_EVENT / 4) {
            return null;
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= LONGEST_IN_EVENT ? null : blobs.put(new ByteArrayInputStream(bytes));
    }

    private static Map<UUID, String> names(List<ReadMail.ReadAttachment> attachments) {
        Map<UUID, String> names = new LinkedHashMap<>();
        attachments.forEach(attachment -> names.put(attachment.id(), attachment.name()));
        return names;
    }
}
