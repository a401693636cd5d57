package org.stonechat.notification.mailbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.stonechat.notification.database.Database;

/// The mails that the mail server would not hand over, each to be asked for again by itself.
@ApplicationScoped
public class UnfetchedMails {

    private static final int MOST_AT_ONCE = 10;

    private final Database database;
    private final Mailboxes mailboxes;
    private final InstantSource clock;

    UnfetchedMails(Database database, Mailboxes mailboxes, InstantSource clock) {
        this.database = database;
        this.mailboxes = mailboxes;
        this.clock = clock;
    }

    /// Remembers that it was not handed over. When the connection stood it, or it is not the first time, the
    /// mails behind it need not wait any longer.
    ///
    /// @param pauseAfter how long to wait after so many attempts
    @Transactional
    public void refused(
            UUID mailboxId, long uidValidity, long uid, boolean connected, IntFunction<Duration> pauseAfter) {
        Instant now = clock.instant();
        long attempts = database.first("""
                        insert into unfetched_mail (mailbox_id, uid_validity, uid, attempts, failing_since, retry_at)
                        values (?, ?, ?, 1, ?, ?)
                        on conflict (mailbox_id, uid_validity, uid) do update set attempts = unfetched_mail.attempts + 1
                        returning attempts
                        """, row -> row.number("attempts"), mailboxId, uidValidity, uid, now, now)
                .orElseThrow();
        database.update(
                "update unfetched_mail set retry_at = ? where mailbox_id = ? and uid_validity = ? and uid = ?",
                now.plus(pauseAfter.apply((int) attempts)),
                mailboxId,
                uidValidity,
                uid);
        if (connected || attempts > 1) {
            mailboxes.readUpTo(mailboxId, uidValidity, uid);
        }
    }

    /// It is in the ledger, or it is gone from the mailbox.
    @Transactional
    public void settled(UUID mailboxId, long uidValidity, long uid) {
        database.update(
                "delete from unfetched_mail where mailbox_id = ? and uid_validity = ? and uid = ?",
                mailboxId,
                uidValidity,
                uid);
    }

    /// Those to be asked for again now, the longest waiting first. Under another validity their UIDs mean nothing
    /// any more, and everything is read anew.
    @Transactional
    public List<Long> due(UUID mailboxId, long uidValidity) {
        database.update(
                "delete from unfetched_mail where mailbox_id = ? and uid_validity <> ?", mailboxId, uidValidity);
        return database.query(
                "select uid from unfetched_mail where mailbox_id = ? and retry_at <= ? order by retry_at limit ?",
                row -> row.number("uid"),
                mailboxId,
                clock.instant(),
                MOST_AT_ONCE);
    }
}
