package org.stonechat.notification.incoming;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkHandler;
import org.stonechat.kit.work.WorkItem;

/// Reads the mails that took too long in their turn or failed in it, one at a time and in nobody's way.
@ApplicationScoped
class MailReadingApart implements WorkHandler {

    static final String KIND = "mail-reading-apart";

    private static final Logger LOG = Logger.getLogger(MailReadingApart.class);

    private final MailReading reading;
    private final Ledger ledger;
    private final PollConfig config;

    MailReadingApart(MailReading reading, Ledger ledger, PollConfig config) {
        this.reading = reading;
        this.ledger = ledger;
        this.config = config;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int maxAttempts() {
        return 6;
    }

    /// Only in case that something waits for ever: the reading itself looks at the clock.
    @Override
    public Duration timeout() {
        return Duration.ofMinutes(15);
    }

    @Override
    public int concurrency() {
        return 1;
    }

    @Override
    public void onExhausted(WorkItem item, String reason) {
        ledger.fail(UUID.fromString(item.subject()), "It could not be read: " + reason);
    }

    @Override
    public Outcome perform(WorkItem item) {
        UUID id = UUID.fromString(item.subject());
        try {
            return reading.read(id, config.readingTimeApart(), false);
        } catch (IOException | UncheckedIOException away) {
            LOG.warnf(away, "a mail could not be read from the blob store: mailId=%s", id);
            return Outcome.retry(MailReading.STORE_AWAY);
        } catch (RuntimeException | StackOverflowError stumble) {
            LOG.warnf(stumble, "a mail could not be read: mailId=%s", id);
            return Outcome.retry("its reader stumbled over it");
        }
    }
}
