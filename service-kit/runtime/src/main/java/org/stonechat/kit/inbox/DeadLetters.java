package org.stonechat.kit.inbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventJson;
import org.stonechat.kit.event.Uuid7;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;

/// The table of events that could not be handled, with what waits behind them.
@ApplicationScoped
class DeadLetters {

    private final DataSource dataSource;
    private final InstantSource clock;

    DeadLetters(DataSource dataSource, InstantSource clock) {
        this.dataSource = dataSource;
        this.clock = clock;
    }

    record DeadLetter(
            UUID id,
            String consumer,
            @Nullable UUID subject,
            @Nullable Long sequence,
            @Nullable String eventId,
            @Nullable String type,
            String reason,
            boolean parked,
            String state,
            Instant arrivedAt,
            @Nullable Instant settledAt) {}

    record Stored(UUID id, Letter letter) {}

    /// How many are open, by topic; topics without any are left out.
    Map<String, Long> openByTopic() {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement count = connection.prepareStatement(
                        "select consumer, count(*) from dead_letter where state = 'OPEN' group by consumer");
                ResultSet rows = count.executeQuery()) {
            Map<String, Long> open = new HashMap<>();
            while (rows.next()) {
                open.put(rows.getString(1), rows.getLong(2));
            }
            return open;
        } catch (SQLException failure) {
            throw new TransientFailure("the database is away", failure);
        }
    }

    void bury(Connection connection, String consumer, Letter letter, String reason) throws SQLException {
        insert(connection, consumer, letter, reason, false);
    }

    void park(Connection connection, String consumer, Letter letter) throws SQLException {
        insert(connection, consumer, letter, "waits behind an earlier event of the same subject", true);
    }

    private void insert(Connection connection, String consumer, Letter letter, String reason, boolean parked)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                        insert into dead_letter (id, consumer, subject, sequence, event_id, type, headers, value, reason,
                                                 parked, state, arrived_at)
                        values (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, 'OPEN', ?)
                        """)) {
            ReceivedEvent event = letter.parsed();
            insert.setObject(1, Uuid7.next());
            insert.setString(2, consumer);
            insert.setObject(3, event == null ? null : event.subject());
            insert.setObject(4, event == null ? null : event.sequence());
            insert.setString(5, letter.headers().get("ce_id"));
            insert.setString(6, letter.headers().get("ce_type"));
            insert.setString(7, EventJson.write(letter.headers()));
            insert.setBytes(8, letter.value());
            insert.setString(9, reason.replace('\0', ' '));
            insert.setBoolean(10, parked);
            insert.setObject(11, now());
            insert.executeUpdate();
        }
    }

    long open() throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select count(*) from dead_letter where state = 'OPEN'");
                ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /// A page, newest first, from before the given place.
    List<DeadLetter> page(@Nullable String state, @Nullable Instant before, @Nullable UUID beforeId, int limit)
            throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement("""
                                select id, consumer, subject, sequence, event_id, type, reason, parked, state, arrived_at,
                                       settled_at
                                from dead_letter
                                where (?::text is null or state = ?)
                                  and (?::timestamptz is null or (arrived_at, id) < (?::timestamptz, ?::uuid))
                                order by arrived_at desc, id desc
                                limit ?
                                """)) {
            OffsetDateTime place = before == null ? null : before.atOffset(ZoneOffset.UTC);
            select.setString(1, state);
            select.setString(2, state);
            select.setObject(3, place);
            select.setObject(4, place);
            select.setObject(5, beforeId);
            select.setInt(6, limit);
            List<DeadLetter> page = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    page.add(read(rows));
                }
            }
            return page;
        }
    }

    @Nullable
    DeadLetter find(UUID id) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select id, consumer, subject, sequence, event_id, type, reason, parked, state,"
                                + " arrived_at, settled_at from dead_letter where id = ?")) {
            select.setObject(1, id);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? read(rows) : null;
            }
        }
    }

    /// All open letters of the same subject, in the order of its life; a letter without a subject stands
    /// alone.
    List<Stored> openBeside(DeadLetter letter) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select id, headers, value from dead_letter where state = 'OPEN' and consumer = ?"
                                + " and (id = ? or subject = ?) order by sequence nulls first, arrived_at, id")) {
            select.setString(1, letter.consumer());
            select.setObject(2, letter.id());
            select.setObject(3, letter.subject());
            List<Stored> stored = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    stored.add(new Stored(
                            rows.getObject(1, UUID.class),
                            Letter.read(letter.consumer(), headers(rows.getString(2)), rows.getBytes(3))));
                }
            }
            return stored;
        }
    }

    /// @return false when somebody else settled it meanwhile
    boolean settle(UUID id, String state) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "update dead_letter set state = ?, settled_at = ? where id = ? and state = 'OPEN'")) {
            update.setString(1, state);
            update.setObject(2, now());
            update.setObject(3, id);
            return update.executeUpdate() == 1;
        }
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static Map<String, String> headers(String json) {
        try {
            return EventJson.MAPPER.readValue(json, new TypeReference<Map<String, String>>() {});
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("a dead letter's headers are not readable", failure);
        }
    }

    private static DeadLetter read(ResultSet row) throws SQLException {
        OffsetDateTime settled = row.getObject(11, OffsetDateTime.class);
        return new DeadLetter(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getObject(3, UUID.class),
                row.getObject(4, Long.class),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getBoolean(8),
                row.getString(9),
                row.getObject(10, OffsetDateTime.class).toInstant(),
                settled == null ? null : settled.toInstant());
    }
}
