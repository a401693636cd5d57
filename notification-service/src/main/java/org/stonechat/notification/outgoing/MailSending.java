package org.stonechat.notification.outgoing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.MimeMessage;

import org.jboss.logging.Logger;
import org.stonechat.kit.blob.BlobNotFoundException;
import org.stonechat.kit.blob.BlobStore;
import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkHandler;
import org.stonechat.kit.work.WorkItem;

import io.micrometer.core.instrument.MeterRegistry;

/// Sends one mail. After an attempt whose end nobody knows it sends again, under the same message id, and
/// counts the doubt: a mail server cannot be asked whether it has a mail already, and a reply that never
/// arrives is worse than one that a mail program shows once although it came twice.
@ApplicationScoped
class MailSending implements WorkHandler {

    static final String KIND = "mail-sending";

    /// Where the ticket service keeps its blobs.
    private static final String TICKET_SERVICE = "ticket-service";

    private static final Logger LOG = Logger.getLogger(MailSending.class);

    private final OutgoingMails outgoing;
    private final MailComposer composer;
    private final SmtpSender smtp;
    private final BlobStore blobs;
    private final MeterRegistry metrics;

    MailSending(
            OutgoingMails outgoing, MailComposer composer, SmtpSender smtp, BlobStore blobs, MeterRegistry metrics) {
        this.outgoing = outgoing;
        this.composer = composer;
        this.smtp = smtp;
        this.blobs = blobs;
        this.metrics = metrics;
    }

    record Nothing() {}

    @Override
    public String kind() {
        return KIND;
    }

    /// With the usual back-off about four hours: long enough for grey-listing and for a mail server's bad
    /// morning.
    @Override
    public int maxAttempts() {
        return 32;
    }

    @Override
    public void onExhausted(WorkItem item, String reason) {
        outgoing.failed(UUID.fromString(item.subject()), new OutgoingMail.Failure("GIVEN_UP", null, reason));
        metrics.counter("stonechat.mail.failed").increment();
    }

    @Override
    public Outcome perform(WorkItem item) {
        UUID id = UUID.fromString(item.subject());
        return switch (outgoing.prepare(id, item.inDoubt())) {
            case OutgoingMails.Preparation.Nothing nothing -> Outcome.done();
            case OutgoingMails.Preparation.NotYet notYet -> Outcome.retry(notYet.reason());
            case OutgoingMails.Preparation.Ready ready -> send(id, ready.prepared(), item.inDoubt());
        };
    }

    private Outcome send(UUID id, OutgoingMails.Prepared prepared, boolean inDoubt) {
        MimeMessage message;
        try {
            for (OutgoingMail.Attachment attachment : prepared.mail().attachments()) {
                copy(attachment.sha256());
            }
            message = composer.compose(prepared, wholeText(prepared.mail().content()));
        } catch (BlobNotFoundException missing) {
            return failed(id, new OutgoingMail.Failure("ATTACHMENT_MISSING", null, null));
        } catch (AddressException malformed) {
            return failed(id, new OutgoingMail.Failure("ADDRESS_INVALID", null, null));
        } catch (MailComposer.NoRecipient nobody) {
            return failed(id, new OutgoingMail.Failure("NO_RECIPIENT", null, null));
        } catch (MessagingException | IOException | UncheckedIOException failure) {
            LOG.warnf(failure, "a mail could not be composed: mailId=%s", id);
            return Outcome.retry("it could not be composed");
        }
        if (inDoubt) {
            metrics.counter("stonechat.mail.sent.in.doubt").increment();
            LOG.warnf("a mail is sent again without knowing whether it arrived: mailId=%s", id);
        }
        return switch (smtp.send(message)) {
            case SmtpSender.Result.Taken taken -> {
                metrics.counter("stonechat.mail.sent").increment();
                yield Outcome.done(() -> outgoing.sent(id, taken.refused()));
            }
            case SmtpSender.Result.NotNow notNow -> Outcome.retry(notNow.reason());
            case SmtpSender.Result.Refused refused ->
                failed(id, new OutgoingMail.Failure("REFUSED", refused.status(), refused.detail()));
        };
    }

    private Outcome failed(UUID id, OutgoingMail.Failure failure) {
        metrics.counter("stonechat.mail.failed").increment();
        return Outcome.failed(failure.reason(), () -> outgoing.failed(id, failure));
    }

    private String wholeText(Content content) throws IOException {
        if (content.wholeText() == null) {
            return content.text();
        }
        copy(content.wholeText().sha256());
        try (InputStream text = blobs.open(content.wholeText().sha256())) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void copy(String sha256) {
        if (!blobs.contains(sha256)) {
            blobs.copyFrom(TICKET_SERVICE, sha256);
        }
    }
}
