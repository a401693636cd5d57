package org.stonechat.notification.live;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventJson;
import org.stonechat.kit.inbox.ReceivedEvent;
import org.stonechat.notification.database.Database;
import org.stonechat.notification.database.Row;
import org.stonechat.notification.ticket.TicketFacts;

/// The tail of what the live streams tell.
///
/// Lines are read in the order (transaction, position) and only below the oldest running transaction: a
/// transaction that began early and commits late appears in its place, never behind a cursor that has passed
/// it.
@ApplicationScoped
public class LiveEvents {

    static final String CHANNEL = "live_event";

    private static final String COLUMNS = """
            select transaction_id::text as transaction_id, position, type, department_id, previous_department_id, team_id,
                   assignee_id, recipient_id, payload::text as payload
            from live_event
            """;

    private final Database database;
    private final InstantSource clock;

    LiveEvents(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /// What a line says of a ticket.
    record TicketLine(
            UUID eventId,
            String type,
            Instant time,
            @Nullable UUID ticketId,
            long number,
            long sequence,
            @Nullable UUID departmentId,
            @Nullable UUID teamId,
            @Nullable UUID assigneeId,
            @Nullable String stage,
            @Nullable String priority,
            boolean escalated,
            @Nullable String channel,
            @Nullable String actorId) {}

    /// What a line says of a notification.
    record NoticeLine(
            UUID notificationId, String kind, @Nullable UUID ticketId, long number) {}

    /// Where the stream stands.
    ///
    /// @param safe    everything below it can be told
    /// @param horizon everything up to it is no longer kept
    record Bounds(LiveCursor safe, LiveCursor horizon) {}

    /// Adds a ticket's event, in the running transaction.
    ///
    /// @param previousDepartmentId the department that has just lost it, and is told so
    public void append(TicketFacts facts, ReceivedEvent event, @Nullable UUID previousDepartmentId) {
        insert(
                event.type(),
                facts,
                previousDepartmentId,
                null,
                new TicketLine(
                        event.id(),
                        event.type(),
                        event.time(),
                        facts.ticketId(),
                        facts.number(),
                        event.sequence(),
                        facts.departmentId(),
                        facts.teamId(),
                        facts.assigneeId(),
                        facts.stage() == null ? null : facts.stage().category(),
                        facts.priority(),
                        facts.escalated(),
                        facts.channel(),
                        event.actor().id()));
    }

    /// Adds a notification, for one person alone.
    public void appendNotice(UUID recipientId, UUID notificationId, String kind, TicketFacts facts) {
        insert(
                "Notification",
                facts,
                null,
                recipientId,
                new NoticeLine(notificationId, kind, facts.ticketId(), facts.number()));
    }

    private void insert(
            String type,
            TicketFacts facts,
            @Nullable UUID previousDepartmentId,
            @Nullable UUID recipientId,
            Object payload) {
        database.query(
                """
                with line as (
                    insert into live_event (type, department_id, previous_department_id, team_id, assignee_id,
                                            recipient_id, payload, created_at)
                    values (?, ?, ?, ?, ?, ?, ?::jsonb, ?) returning 1)
                select pg_notify('live_event', '')::text as notified from line
                """,
                row -> row.text("notified"),
                type,
                facts.departmentId(),
                previousDepartmentId,
                facts.teamId(),
                facts.assigneeId(),
                recipientId,
                EventJson.write(payload),
                clock.instant());
    }

    /// Lines behind the cursor that can be told, oldest first.
    @Transactional
    List<LiveLine> after(LiveCursor cursor, int most) {
        return database.query(
                COLUMNS + """
                        where (transaction_id, position) > (?::text::xid8, ?)
                          and transaction_id < pg_snapshot_xmin(pg_current_snapshot())
                        order by transaction_id, position
                        limit ?
                        """, LiveEvents::read, Long.toString(cursor.transactionId()), cursor.position(), most);
    }

    /// True while lines are committed that an older running transaction keeps from being told.
    @Transactional
    boolean pending() {
        return database.first("""
                        select 1 as one from live_event
                        where transaction_id >= pg_snapshot_xmin(pg_current_snapshot()) limit 1
                        """, row -> row.number("one")).isPresent();
    }

    @Transactional
    Bounds bounds() {
        Optional<Bounds> bounds = database.first(
                """
                        select pg_snapshot_xmin(pg_current_snapshot())::text as safe, transaction_id::text as transaction_id,
                               position
                        from live_horizon
                        """,
                row -> new Bounds(
                        new LiveCursor(Long.parseLong(row.text("safe")), 0),
                        new LiveCursor(Long.parseLong(row.text("transaction_id")), row.number("position"))));
        return bounds.orElseThrow();
    }

    /// Forgets what is older and moves the horizon there, in one transaction: whoever resumes from before
    /// learns of it.
    ///
    /// @return how many lines went
    @Transactional
    int forget(Instant before) {
        return database.first("""
                with gone as (
                    delete from live_event
                    where created_at < ? and transaction_id < pg_snapshot_xmin(pg_current_snapshot())
                    returning transaction_id, position
                ), newest as (
                    select transaction_id, position from gone order by transaction_id desc, position desc limit 1
                ), moved as (
                    update live_horizon set transaction_id = newest.transaction_id, position = newest.position
                    from newest
                    where (newest.transaction_id, newest.position) > (live_horizon.transaction_id, live_horizon.position)
                )
                select count(*) as lines from gone
                """, row -> (int) row.number("lines"), before).orElse(0);
    }

    private static LiveLine read(Row row) throws java.sql.SQLException {
        return new LiveLine(
                new LiveCursor(Long.parseLong(row.text("transaction_id")), row.number("position")),
                row.text("type"),
                row.idOrNull("department_id"),
                row.idOrNull("previous_department_id"),
                row.idOrNull("team_id"),
                row.idOrNull("assignee_id"),
                row.idOrNull("recipient_id"),
                row.text("payload"));
    }
}
