package org.stonechat.kit.work;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Actor;
import org.stonechat.kit.event.Cause;
import org.stonechat.kit.event.EventJson;
import org.stonechat.kit.event.TraceParent;
import org.stonechat.kit.event.Uuid7;

import io.quarkus.arc.Arc;

/// Schedules and cancels work inside the running transaction: it exists if, and only if, the change it
/// belongs to does.
///
/// *Timers* are work due later: [#schedule], moved by scheduling again, taken back by [#cancel]. *Effects
/// outside* (mail, a platform's reply, a webhook) are work due now and must happen once: [#scheduleOnce].
///
/// Work that shares an ordering key is done one piece at a time, in the order it was scheduled, once it is
/// due: a piece that waits for its retry holds back the later ones, one that has failed for good does not.
@ApplicationScoped
public class DueWork {

    private static final String COLUMNS = """
            insert into due_work (id, kind, subject, due_at, ordering_key, payload, once, created_at, actor, causation_id,
                                  correlation_id, traceparent)
            values (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?::jsonb, ?, ?, ?)
            """;

    private static final String UPSERT = COLUMNS + """
                    on conflict (kind, subject) where state = 'OPEN' and lease_owner is null
                    do update set due_at = excluded.due_at, ordering_key = excluded.ordering_key,
                                  payload = excluded.payload, attempt = 0, last_error = null, actor = excluded.actor,
                                  causation_id = excluded.causation_id, correlation_id = excluded.correlation_id,
                                  traceparent = excluded.traceparent
                    """;

    private static final String ONCE = COLUMNS + "on conflict do nothing";

    private static final String CANCEL = """
            update due_work set state = 'CANCELLED', finished_at = ?, payload = null
            where kind = ? and subject = ? and state = 'OPEN' and lease_owner is null
            """;

    private final DataSource dataSource;
    private final InstantSource clock;
    private final Cause cause;
    private final WorkConfig config;

    DueWork(DataSource dataSource, InstantSource clock, Cause cause, WorkConfig config) {
        this.dataSource = dataSource;
        this.clock = clock;
        this.cause = cause;
        this.config = config;
    }

    /// Makes the work due at that time. Work of the same kind and subject that still waits is moved and gets
    /// the new payload; if it is being performed right now, this becomes a new piece that follows it.
    ///
    /// @param orderingKey null when the order does not matter
    /// @param payload     anything Jackson can write; cleared once the work is done. Put ids in it rather
    ///                    than what people wrote: erasing a contact does not reach work that failed
    @Transactional(Transactional.TxType.MANDATORY)
    public void schedule(String kind, String subject, Instant dueAt, @Nullable String orderingKey, Object payload) {
        insert(UPSERT, kind, subject, dueAt, orderingKey, payload, false);
    }

    /// Makes the work due at that time unless work of this kind and subject was ever scheduled, whatever
    /// became of it.
    ///
    /// @return false when it was there before
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean scheduleOnce(
            String kind, String subject, Instant dueAt, @Nullable String orderingKey, Object payload) {
        return insert(ONCE, kind, subject, dueAt, orderingKey, payload, true);
    }

    /// For work that schedules its own next turn: starts the chain unless it is already waiting or running.
    /// Needs no running transaction.
    @Transactional
    public void startRecurring(String kind, String subject, Instant dueAt, Object payload) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement running = connection.prepareStatement(
                        "select 1 from due_work where kind = ? and subject = ? and state = 'OPEN'")) {
            running.setString(1, kind);
            running.setString(2, subject);
            if (running.executeQuery().next()) {
                return;
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("due work could not be read", failure);
        }
        insert(ONCE, kind, subject, dueAt, null, payload, false);
    }

    /// Takes waiting work back.
    ///
    /// @return false when there is none, also when it has begun: then it is too late
    @Transactional(Transactional.TxType.MANDATORY)
    public boolean cancel(String kind, String subject) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement cancel = connection.prepareStatement(CANCEL)) {
            cancel.setObject(1, WorkTable.timestamp(clock.instant()));
            cancel.setString(2, kind);
            cancel.setString(3, subject);
            return cancel.executeUpdate() > 0;
        } catch (SQLException failure) {
            throw new IllegalStateException("due work could not be cancelled", failure);
        }
    }

    private boolean insert(
            String sql,
            String kind,
            String subject,
            Instant dueAt,
            @Nullable String orderingKey,
            Object payload,
            boolean once) {
        Instant now = clock.instant();
        // Work can be scheduled where no request is running, at start-up for one: then nobody in
        // particular did it.
        boolean inRequest = Arc.container().requestContext().isActive();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setObject(1, Uuid7.next());
            insert.setString(2, kind);
            insert.setString(3, subject);
            insert.setObject(4, WorkTable.timestamp(dueAt));
            insert.setString(5, orderingKey);
            insert.setString(6, EventJson.write(payload));
            insert.setBoolean(7, once);
            insert.setObject(8, WorkTable.timestamp(now));
            insert.setString(9, EventJson.write(inRequest ? cause.actor() : Actor.SYSTEM));
            insert.setObject(10, inRequest ? cause.causationId() : null);
            insert.setObject(11, inRequest ? cause.correlationId() : Uuid7.next());
            insert.setString(12, TraceParent.current());
            boolean inserted = insert.executeUpdate() > 0;
            // A commit that notifies queues behind every other one that does, so far-off timers
            // leave it out: the
            // worker looks at the table at least once per poll interval anyway.
            if (inserted && dueAt.isBefore(now.plus(config.pollInterval()))) {
                WorkTable.wakeWorkers(connection);
            }
            return inserted;
        } catch (SQLException failure) {
            throw new IllegalStateException("due work could not be scheduled", failure);
        }
    }
}
