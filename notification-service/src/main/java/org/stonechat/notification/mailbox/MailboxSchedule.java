package org.stonechat.notification.mailbox;

import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.stonechat.kit.work.DueWork;

/// When a mailbox is looked at next: one piece of due work per mailbox, so that one replica at a time reads it.
@ApplicationScoped
public class MailboxSchedule {

    public static final String KIND = "mailbox-poll";

    private final DueWork dueWork;
    private final InstantSource clock;

    MailboxSchedule(DueWork dueWork, InstantSource clock) {
        this.dueWork = dueWork;
        this.clock = clock;
    }

    /// What the work carries: nothing, because everything is read anew each time.
    record Nothing() {}

    @Transactional(Transactional.TxType.MANDATORY)
    void pollNow(UUID mailboxId, boolean enabled) {
        if (enabled) {
            pollAfter(mailboxId, Duration.ZERO);
        } else {
            dueWork.cancel(KIND, mailboxId.toString());
        }
    }

    @Transactional(Transactional.TxType.MANDATORY)
    public void pollAfter(UUID mailboxId, Duration pause) {
        dueWork.schedule(KIND, mailboxId.toString(), clock.instant().plus(pause), null, new Nothing());
    }

    /// Makes sure that the chain of polls has not been broken off, by an operator or a restored backup.
    public void ensurePolled(UUID mailboxId) {
        dueWork.startRecurring(KIND, mailboxId.toString(), clock.instant(), new Nothing());
    }
}
