package org.stonechat.notification.mailbox;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.audit.Audit;
import org.stonechat.kit.audit.Changes;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.notification.NotificationError;
import org.stonechat.notification.database.Database;

/// Sets mailboxes up, and hands out what is needed to read one.
@ApplicationScoped
public class Mailboxes {

    private final MailboxRepository repository;
    private final PasswordSeal seal;
    private final Database database;
    private final MailboxSchedule schedule;
    private final InstantSource clock;

    private final Audit audit;

    Mailboxes(
            MailboxRepository repository,
            PasswordSeal seal,
            Database database,
            MailboxSchedule schedule,
            InstantSource clock,
            Audit audit) {
        this.repository = repository;
        this.seal = seal;
        this.database = database;
        this.schedule = schedule;
        this.clock = clock;
        this.audit = audit;
    }

    /// What reading a mailbox needs.
    public record Access(
            UUID id,
            UUID departmentId,
            String address,
            String user,
            String password,
            String folder,
            Position position) {}

    /// How far a mailbox was read; UIDs mean something only together with their validity (RFC 3501, section
    /// 2.3.1.1).
    public record Position(long uidValidity, long lastUid, int failures) {}

    /// How reading goes, for the administrator.
    ///
    /// @param unfetched how many mails the mail server does not hand over
    public record Reading(
            @Nullable Instant polledAt,
            @Nullable Instant failingSince,
            @Nullable String failure,
            int unfetched) {}

    record Defined(Mailbox mailbox, boolean created) {}

    /// @param password null to keep the one there is
    @Transactional
    Defined define(UUID id, Mailbox.Settings settings, @Nullable String password, CurrentUser admin) {
        admin.requireDepartment(settings.departmentId(), "department");
        Optional<UUID> holder = database.first(
                "select id from mailbox where lower(address) = ?",
                row -> row.id("id"),
                settings.address().toLowerCase(Locale.ROOT));
        if (holder.isPresent() && !holder.get().equals(id)) {
            throw new ProblemException(
                    NotificationError.MAILBOX_ADDRESS_TAKEN,
                    "Mail to this address is read by another mailbox already.");
        }
        Mailbox mailbox = repository.findById(id, LockModeType.PESSIMISTIC_WRITE);
        if (mailbox == null) {
            if (password == null) {
                throw new ProblemException(
                        NotificationError.MAILBOX_PASSWORD_MISSING, "Send imapPassword when you create a mailbox.");
            }
            mailbox = new Mailbox(id, settings, seal.seal(id, password));
            repository.persistAndFlush(mailbox);
            database.update("insert into mailbox_position (mailbox_id) values (?)", id);
            audit.changed("mailbox", id, Changes.between(null, settings).andWithheld("imapPassword"));
            schedule.pollNow(mailbox.id(), settings.enabled());
            return new Defined(mailbox, true);
        }
        admin.requireDepartment(mailbox.settings().departmentId(), "mailbox");
        boolean elsewhere = !mailbox.settings().folder().equals(settings.folder())
                || !mailbox.settings().imapUser().equals(settings.imapUser());
        Changes changes = Changes.between(mailbox.settings(), settings);
        boolean changed = mailbox.define(settings);
        if (password != null && !password.equals(seal.open(id, mailbox.sealedPassword()))) {
            mailbox.replacePassword(seal.seal(id, password));
            changes = changes.andWithheld("imapPassword");
            changed = true;
        }
        audit.changed("mailbox", id, changes);
        if (elsewhere) {
            database.update("update mailbox_position set uid_validity = 0, last_uid = 0 where mailbox_id = ?", id);
        }
        if (changed) {
            schedule.pollNow(mailbox.id(), settings.enabled());
        }
        return new Defined(mailbox, false);
    }

    /// @throws ProblemException 404 also for another department's mailbox
    @Transactional
    Mailbox find(UUID id, CurrentUser admin) {
        Mailbox mailbox = repository.findById(id);
        if (mailbox == null || !admin.inDepartment(mailbox.settings().departmentId())) {
            throw ProblemException.notFound("mailbox");
        }
        return mailbox;
    }

    @Transactional
    List<Mailbox> page(CurrentUser admin, @Nullable UUID after, int rows) {
        UUID start = after == null ? new UUID(0, 0) : after;
        return (admin.allDepartments()
                        ? repository.find("id > ?1 order by id", start)
                        : repository.find("departmentId in ?1 and id > ?2 order by id", admin.departments(), start))
                .range(0, rows - 1)
                .list();
    }

    Reading readingOf(UUID id) {
        return database.first(
                        """
                        select polled_at, failing_since, failure,
                            (select count(*) from unfetched_mail mail
                             where mail.mailbox_id = mailbox_position.mailbox_id) as unfetched
                        from mailbox_position where mailbox_id = ?
                        """,
                        row -> new Reading(
                                row.instantOrNull("polled_at"),
                                row.instantOrNull("failing_since"),
                                row.textOrNull("failure"),
                                (int) row.number("unfetched")),
                        id)
                .orElse(new Reading(null, null, null, 0));
    }

    /// What it takes to read the mailbox; empty when it is switched off or unknown.
    @Transactional
    public Optional<Access> access(UUID id) {
        Mailbox mailbox = repository.findById(id);
        if (mailbox == null || !mailbox.settings().enabled()) {
            return Optional.empty();
        }
        Position position = database.first(
                        "select uid_validity, last_uid, failures from mailbox_position where mailbox_id = ?",
                        row -> new Position(
                                row.number("uid_validity"), row.number("last_uid"), (int) row.number("failures")),
                        id)
                .orElse(new Position(0, 0, 0));
        Mailbox.Settings settings = mailbox.settings();
        return Optional.of(new Access(
                id,
                settings.departmentId(),
                settings.address(),
                settings.imapUser(),
                seal.open(id, mailbox.sealedPassword()),
                settings.folder(),
                position));
    }

    /// Remembers that everything up to this UID is in the ledger; joins the transaction that put it there.
    @Transactional(Transactional.TxType.MANDATORY)
    public void readUpTo(UUID id, long uidValidity, long uid) {
        database.update("""
                update mailbox_position
                set last_uid = case when uid_validity = ? then greatest(last_uid, ?) else ? end, uid_validity = ?
                where mailbox_id = ?
                """, uidValidity, uid, uid, uidValidity, id);
    }

    /// @param failure null when the poll went well
    @Transactional
    public void polled(UUID id, @Nullable String failure) {
        Instant now = clock.instant();
        if (failure == null) {
            database.update("""
                    update mailbox_position set polled_at = ?, failing_since = null, failures = 0, failure = null
                    where mailbox_id = ?
                    """, now, id);
        } else {
            database.update("""
                    update mailbox_position
                    set failing_since = coalesce(failing_since, ?), failures = failures + 1, failure = ?
                    where mailbox_id = ?
                    """, now, failure, id);
        }
    }

    /// The address that a mailbox receives mail for.
    @Transactional
    public String addressOf(UUID id) {
        return repository.findByIdOptional(id).orElseThrow().settings().address();
    }

    /// Every mailbox that is switched on; few, because each is set up by hand.
    public List<UUID> enabled() {
        return database.query("select id from mailbox where enabled", row -> row.id("id"));
    }
}
