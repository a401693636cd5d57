package org.stonechat.kit.work;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Actor;
import org.stonechat.kit.event.EventJson;

import com.fasterxml.jackson.core.JsonProcessingException;

/// The worker's view of `due_work`.
///
/// Times are compared with the injected clock of the process, not with the database's: replicas have to agree
/// on the time to within the margin by which a lease outlives its attempt.
@ApplicationScoped
class WorkTable {

    static final String CHANNEL = "due_work";

    // Older work of the same ordering key holds this back as soon as it is itself due, being done
    // or waiting for a
    // retry; a timer still in the future holds nothing back.
    private static final String CLAIM = """
            with lane as (
                select * from unnest(?::text[], ?::integer[], ?::timestamptz[]) as lane (kind, free, lease_until)
            ), claimed as (
                select candidate.id, lane.lease_until
                from lane cross join lateral (
                    select work.id
                    from due_work work
                    where work.state = 'OPEN' and work.kind = lane.kind and work.due_at <= ?
                      and (work.lease_until is null or work.lease_until <= ?)
                      and work.id <> all(?::uuid[])
                      and not exists (
                          select 1 from due_work older
                          where older.state = 'OPEN' and older.ordering_key = work.ordering_key
                            and older.position < work.position
                            and (older.due_at <= ? or older.attempt > 0 or older.lease_owner is not null))
                      and not exists (
                          select 1 from due_work older
                          where older.state = 'OPEN' and older.kind = work.kind and older.subject = work.subject
                            and older.position < work.position)
                    order by work.due_at, work.position
                    limit lane.free
                    for update skip locked) candidate
            )
            update due_work work
            set lease_owner = ?, lease_until = claimed.lease_until, attempt = work.attempt + 1,
                in_doubt = work.in_doubt or work.lease_owner is not null
            from claimed
            where work.id = claimed.id
            returning work.id, work.kind, work.subject, work.ordering_key, work.attempt, work.in_doubt, work.payload,
                      work.actor, work.causation_id, work.correlation_id, work.traceparent, work.due_at
            """;

    private static final String NEXT_DUE = """
            select min(soonest) from (
                (select next.due_at as soonest
                 from unnest(?::text[]) as lane (kind)
                 cross join lateral (
                     select due_at from due_work
                     where state = 'OPEN' and kind = lane.kind and due_at > ?
                     order by due_at limit 1) next)
                union all
                (select min(lease_until) from due_work
                 where state = 'OPEN' and lease_owner is not null and lease_until > ?)) soonest
            """;

    // A row that is locked is just being recorded or taken: either way there is nothing to renew.
    private static final String RENEW = """
            with held as (
                select work.id, renewal.lease_until
                from unnest(?::uuid[], ?::timestamptz[]) as renewal (id, lease_until)
                join due_work work on work.id = renewal.id
                where work.lease_owner = ? and work.state = 'OPEN'
                for update of work skip locked
            )
            update due_work work set lease_until = held.lease_until from held where work.id = held.id
            returning work.id
            """;

    private static final String FINISH = """
            update due_work
            set state = ?, finished_at = ?, last_error = ?, lease_owner = null, lease_until = null,
                payload = case when ? then payload end
            where id = ? and lease_owner = ? and attempt = ? and state = 'OPEN'
            """;

    // A newer piece that waits under the same name takes the place of one that would have to be
    // tried again.
    private static final String RELEASE = """
            update due_work work
            set state = case when newer.waits then 'SUPERSEDED' else 'OPEN' end,
                finished_at = case when newer.waits then ?::timestamptz end,
                due_at = ?, last_error = ?, in_doubt = ?, lease_owner = null, lease_until = null
            from (select exists (
                      select 1 from due_work newer, due_work mine
                      where mine.id = ? and newer.kind = mine.kind and newer.subject = mine.subject
                        and newer.state = 'OPEN' and newer.lease_owner is null) as waits) newer
            where work.id = ? and work.lease_owner = ? and work.attempt = ? and work.state = 'OPEN'
            """;

    private static final String PURGE = """
            delete from due_work where position in (
                select position from due_work
                where state <> 'OPEN' and state <> 'FAILED'
                  and finished_at < case when once then ?::timestamptz else ?::timestamptz end
                order by finished_at limit 5000)
            """;

    private final DataSource dataSource;

    WorkTable(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /// Room for work of one kind.
    record Lane(String kind, int free, Duration lease) {}

    /// Work under this process's lease, with the cause to restore.
    record Claim(
            WorkItem item,
            UUID owner,
            Instant dueAt,
            Actor actor,
            @Nullable UUID causationId,
            UUID correlationId,
            @Nullable String traceParent) {}

    /// What an operator wants to know of one kind.
    record Load(long open, Duration overdue, long failed) {}

    /// @param running what this process still works on, and does not take from itself even if a lease ran out
    List<Claim> claim(UUID owner, Collection<Lane> lanes, Collection<UUID> running, Instant now) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement claim = connection.prepareStatement(CLAIM)) {
            claim.setArray(1, texts(connection, lanes.stream().map(Lane::kind).toList()));
            claim.setArray(
                    2,
                    connection.createArrayOf(
                            "integer", lanes.stream().map(Lane::free).toArray()));
            claim.setArray(
                    3,
                    connection.createArrayOf(
                            "timestamptz",
                            lanes.stream()
                                    .map(lane -> timestamp(now.plus(lane.lease())))
                                    .toArray()));
            claim.setObject(4, timestamp(now));
            claim.setObject(5, timestamp(now));
            claim.setArray(6, connection.createArrayOf("uuid", running.toArray()));
            claim.setObject(7, timestamp(now));
            claim.setObject(8, owner);
            List<Claim> claims = new ArrayList<>();
            try (ResultSet rows = claim.executeQuery()) {
                while (rows.next()) {
                    claims.add(claimOf(rows, owner));
                }
            }
            return claims;
        } catch (SQLException failure) {
            throw new IllegalStateException("due work could not be claimed", failure);
        }
    }

    /// Holds leases longer.
    ///
    /// @param until when each is to end, by the work's id
    /// @return those that are still held
    Set<UUID> renew(UUID owner, Map<UUID, Instant> until) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement renew = connection.prepareStatement(RENEW)) {
            List<UUID> ids = List.copyOf(until.keySet());
            renew.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            renew.setArray(
                    2,
                    connection.createArrayOf(
                            "timestamptz",
                            ids.stream()
                                    .map(id -> timestamp(Objects.requireNonNull(until.get(id))))
                                    .toArray()));
            renew.setObject(3, owner);
            Set<UUID> held = new HashSet<>();
            try (ResultSet rows = renew.executeQuery()) {
                while (rows.next()) {
                    held.add(rows.getObject(1, UUID.class));
                }
            }
            return held;
        } catch (SQLException failure) {
            throw new IllegalStateException("leases could not be renewed", failure);
        }
    }

    /// When something of these kinds falls due or a lease runs out; null when nothing waits.
    @Nullable
    Instant nextDue(Collection<String> kinds, Instant now) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement next = connection.prepareStatement(NEXT_DUE)) {
            next.setArray(1, texts(connection, kinds));
            next.setObject(2, timestamp(now));
            next.setObject(3, timestamp(now));
            try (ResultSet rows = next.executeQuery()) {
                OffsetDateTime soonest = rows.next() ? rows.getObject(1, OffsetDateTime.class) : null;
                return soonest == null ? null : soonest.toInstant();
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("due work could not be read", failure);
        }
    }

    /// Marks the work as done; joins the running transaction.
    ///
    /// @return false when the lease was lost: then whatever else the transaction did must not happen either
    boolean done(Claim claim, Instant now) {
        return finish(claim, "DONE", null, false, now);
    }

    /// Marks the work as failed for good and keeps the payload, so that an operator can have it tried again.
    boolean failed(Claim claim, String reason, Instant now) {
        return finish(claim, "FAILED", reason, true, now);
    }

    /// Gives the lease back and makes the work due again.
    boolean release(Claim claim, Instant dueAt, String reason, boolean inDoubt, Instant now) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement release = connection.prepareStatement(RELEASE)) {
            release.setObject(1, timestamp(now));
            release.setObject(2, timestamp(dueAt));
            release.setString(3, shortened(reason));
            release.setBoolean(4, inDoubt);
            release.setObject(5, claim.item().id());
            release.setObject(6, claim.item().id());
            release.setObject(7, claim.owner());
            release.setInt(8, claim.item().attempt());
            return release.executeUpdate() > 0;
        } catch (SQLException failure) {
            throw new IllegalStateException("due work could not be given back", failure);
        }
    }

    Map<String, Load> load(Instant now) {
        String sql = """
                select kind, count(*) filter (where state = 'OPEN'),
                       min(due_at) filter (where state = 'OPEN'), count(*) filter (where state = 'FAILED')
                from due_work where state in ('OPEN', 'FAILED') group by kind
                """;
        try (Connection connection = dataSource.getConnection();
                PreparedStatement load = connection.prepareStatement(sql);
                ResultSet rows = load.executeQuery()) {
            Map<String, Load> loads = new HashMap<>();
            while (rows.next()) {
                OffsetDateTime oldest = rows.getObject(3, OffsetDateTime.class);
                Duration overdue = oldest == null || oldest.toInstant().isAfter(now)
                        ? Duration.ZERO
                        : Duration.between(oldest.toInstant(), now);
                loads.put(rows.getString(1), new Load(rows.getLong(2), overdue, rows.getLong(4)));
            }
            return loads;
        } catch (SQLException failure) {
            throw new IllegalStateException("due work could not be counted", failure);
        }
    }

    /// @return how many rows went; 5,000 means there may be more
    int purge(Instant onceBefore, Instant othersBefore) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement purge = connection.prepareStatement(PURGE)) {
            purge.setObject(1, timestamp(onceBefore));
            purge.setObject(2, timestamp(othersBefore));
            return purge.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("finished work could not be cleared away", failure);
        }
    }

    /// Tells the workers of all replicas, when the connection's transaction commits.
    static void wakeWorkers(Connection connection) throws SQLException {
        try (PreparedStatement notify = connection.prepareStatement("select pg_notify(?, '')")) {
            notify.setString(1, CHANNEL);
            notify.execute();
        }
    }

    static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private boolean finish(Claim claim, String state, @Nullable String reason, boolean keepPayload, Instant now) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement finish = connection.prepareStatement(FINISH)) {
            finish.setString(1, state);
            finish.setObject(2, timestamp(now));
            finish.setString(3, reason == null ? null : shortened(reason));
            finish.setBoolean(4, keepPayload);
            finish.setObject(5, claim.item().id());
            finish.setObject(6, claim.owner());
            finish.setInt(7, claim.item().attempt());
            return finish.executeUpdate() > 0;
        } catch (SQLException failure) {
            throw new IllegalStateException("the outcome of due work could not be recorded", failure);
        }
    }

    private static Claim claimOf(ResultSet row, UUID owner) throws SQLException {
        try {
            String payload = row.getString(7);
            WorkItem item = new WorkItem(
                    row.getObject(1, UUID.class),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getInt(5),
                    row.getBoolean(6),
                    EventJson.read(payload == null ? "null" : payload));
            return new Claim(
                    item,
                    owner,
                    row.getObject(12, OffsetDateTime.class).toInstant(),
                    EventJson.MAPPER.readValue(row.getString(8), Actor.class),
                    row.getObject(9, UUID.class),
                    row.getObject(10, UUID.class),
                    row.getString(11));
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("a row of due_work holds what is not an actor", failure);
        }
    }

    private static Array texts(Connection connection, Collection<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray());
    }

    private static String shortened(String reason) {
        return reason.length() <= 1000 ? reason : reason.substring(0, 1000);
    }
}
