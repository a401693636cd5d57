package org.stonechat.ticket.viewer;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

/// Rows with a lease, one per open window, shared by all replicas. The table is unlogged: after a crash of
/// the database everybody is gone for as long as it takes their windows to say that they are there.
@ApplicationScoped
class ViewerTable {

    static final String CHANNEL = "ticket_viewers";

    /// Says whether anything is different that others see: a row that is new, had expired, or types (no more).
    private static final String BE_THERE = """
            with before as (
                select typing, expires_at > ? as there from ticket_presence where session_id = ?
            ), written as (
                insert into ticket_presence (session_id, ticket_id, agent_id, agent_name, typing, since, expires_at)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (session_id) do update
                    set typing = excluded.typing, expires_at = excluded.expires_at, agent_name = excluded.agent_name,
                        since = case when ticket_presence.expires_at > ? then ticket_presence.since else excluded.since end
                returning 1
            )
            select pg_notify('ticket_viewers', ?) from written
            where not exists (select 1 from before where there and typing = ?)
            """;

    private static final String RENEW = "update ticket_presence set expires_at = ? where session_id = ?";

    private static final String LEAVE = """
            with gone as (delete from ticket_presence where session_id = ? returning ticket_id)
            select pg_notify('ticket_viewers', gone.ticket_id::text) from gone
            """;

    private static final String OTHERS = """
            select agent_id, max(agent_name), bool_or(typing), min(since) from ticket_presence
            where ticket_id = ? and agent_id <> ? and expires_at > ?
            group by agent_id order by min(since), agent_id
            limit 100
            """;

    private static final String FORGET = "delete from ticket_presence where expires_at < ?";

    private final DataSource dataSource;
    private final InstantSource clock;

    ViewerTable(DataSource dataSource, InstantSource clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /// One window (or, without a stream, one person) at one ticket.
    record Session(UUID id, UUID ticketId, UUID agentId, String agentName) {}

    /// Is there until the lease runs out. Everybody who has the ticket open hears of it if it is news.
    ///
    /// @return when that is
    Instant beThere(Session session, boolean typing, Duration lease) {
        Instant now = clock.instant();
        Instant until = now.plus(lease);
        try (Connection connection = dataSource.getConnection()) {
            try (PreparedStatement write = connection.prepareStatement(BE_THERE)) {
                write.setObject(1, timestamp(now));
                write.setObject(2, session.id());
                write.setObject(3, session.id());
                write.setObject(4, session.ticketId());
                write.setObject(5, session.agentId());
                write.setString(6, session.agentName());
                write.setBoolean(7, typing);
                write.setObject(8, timestamp(now));
                write.setObject(9, timestamp(until));
                write.setObject(10, timestamp(now));
                write.setString(11, session.ticketId().toString());
                write.setBoolean(12, typing);
                write.execute();
            }
            try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
                forget.setObject(1, timestamp(now.minus(lease)));
                forget.executeUpdate();
            }
            return until;
        } catch (SQLException failure) {
            throw new IllegalStateException("a viewer could not be noted", failure);
        }
    }

    /// @return false when the row is gone, as after a crash of the database
    boolean renew(UUID sessionId, Duration lease) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement renew = connection.prepareStatement(RENEW)) {
            renew.setObject(1, timestamp(clock.instant().plus(lease)));
            renew.setObject(2, sessionId);
            return renew.executeUpdate() > 0;
        } catch (SQLException failure) {
            throw new IllegalStateException("a viewer could not be renewed", failure);
        }
    }

    /// Everybody who has the ticket open hears of it.
    void leave(UUID sessionId) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement leave = connection.prepareStatement(LEAVE)) {
            leave.setObject(1, sessionId);
            leave.execute();
        } catch (SQLException failure) {
            throw new IllegalStateException("a viewer could not be taken away", failure);
        }
    }

    /// Everybody else who has the ticket open, by when they came.
    List<Viewer> others(UUID ticketId, UUID agentId) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(OTHERS)) {
            select.setObject(1, ticketId);
            select.setObject(2, agentId);
            select.setObject(3, timestamp(clock.instant()));
            List<Viewer> others = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    others.add(new Viewer(
                            row.getObject(1, UUID.class),
                            row.getString(2),
                            row.getBoolean(3) ? Viewer.Doing.TYPING : Viewer.Doing.VIEWING,
                            row.getObject(4, OffsetDateTime.class).toInstant()));
                }
            }
            return others;
        } catch (SQLException failure) {
            throw new IllegalStateException("viewers could not be read", failure);
        }
    }

    private static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
