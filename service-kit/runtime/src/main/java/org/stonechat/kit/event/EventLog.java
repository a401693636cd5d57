package org.stonechat.kit.event;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;

/// The one writer of `domain_event`.
///
/// A row is the aggregate's history, the outbox and the source for replays; the relay streams it to Kafka
/// once the transaction has committed.
@ApplicationScoped
public class EventLog {

    private static final String INSERT = """
            insert into domain_event (id, topic, type, subject, sequence, occurred_at, actor, causation_id,
                                      correlation_id, traceparent, schema_version, data, personal)
            values (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?::jsonb, ?::jsonb)
            """;

    /// Many rows as one statement with a parameter per column: half the work of as many single ones. The order is
    /// that of the arrays.
    private static final String INSERT_MANY = """
            insert into domain_event (id, topic, type, subject, sequence, occurred_at, actor, causation_id,
                                      correlation_id, traceparent, schema_version, data, personal)
            select id, ?, type, subject, sequence, occurred_at, actor::jsonb, causation_id, correlation_id, ?,
                   schema_version, data::jsonb, personal::jsonb
            from unnest(?::uuid[], ?::text[], ?::uuid[], ?::bigint[], ?::timestamptz[], ?::text[], ?::uuid[], ?::uuid[],
                        ?::integer[], ?::text[], ?::text[])
                with ordinality as written (id, type, subject, sequence, occurred_at, actor, causation_id,
                                            correlation_id, schema_version, data, personal, place)
            order by place
            """;

    /// From so many events on.
    private static final int MANY = 20;

    private final DataSource dataSource;
    private final InstantSource clock;
    private final Cause cause;

    EventLog(DataSource dataSource, InstantSource clock, Cause cause) {
        this.dataSource = dataSource;
        this.clock = clock;
        this.cause = cause;
    }

    /// Something that happened before it came to be known here, to an aggregate of this service.
    public record PastEvent(Aggregate aggregate, Instant at, Actor actor, DomainEvent event) {}

    /// Writes the events of things that are taken over from elsewhere, with their own times and actors, many
    /// at once. Like [#append], in the running transaction and in the order given.
    @Transactional(Transactional.TxType.MANDATORY)
    public void appendPast(String topic, List<PastEvent> events) {
        write(
                topic,
                events.stream()
                        .map(past -> new Row(
                                Entry.of(
                                        past.aggregate(),
                                        past.event(),
                                        past.actor(),
                                        cause.causationId(),
                                        cause.correlationId()),
                                past.at()))
                        .toList());
    }

    /// Writes what a transition returned, in the running transaction (which must exist), in the order given.
    ///
    /// @return the ids of the new events, in the same order
    @Transactional(Transactional.TxType.MANDATORY)
    public List<UUID> append(String topic, Aggregate aggregate, DomainEvent... events) {
        List<Entry> entries = new ArrayList<>(events.length);
        for (DomainEvent event : events) {
            entries.add(Entry.of(aggregate, event, cause.actor(), cause.causationId(), cause.correlationId()));
        }
        append(topic, entries);
        return entries.stream().map(Entry::id).toList();
    }

    /// One event with a cause of its own, for use cases that change many aggregates in one transaction.
    public record Entry(
            UUID id,
            UUID subject,
            long sequence,
            DomainEvent event,
            Actor actor,
            @Nullable UUID causationId,
            UUID correlationId) {

        /// Takes the aggregate's next number.
        public static Entry of(
                Aggregate aggregate, DomainEvent event, Actor actor, @Nullable UUID causationId, UUID correlationId) {
            return new Entry(
                    Uuid7.next(), aggregate.id(), aggregate.nextSequence(), event, actor, causationId, correlationId);
        }
    }

    /// Writes events of many aggregates in one go, in the order given.
    @Transactional(Transactional.TxType.MANDATORY)
    public void append(String topic, List<Entry> entries) {
        Instant now = clock.instant();
        write(topic, entries.stream().map(entry -> new Row(entry, now)).toList());
    }

    private record Row(Entry entry, Instant at) {

        OffsetDateTime occurredAt() {
            return at.atOffset(ZoneOffset.UTC);
        }
    }

    private void write(String topic, List<Row> rows) {
        try (Connection connection = dataSource.getConnection()) {
            if (rows.size() >= MANY) {
                insertMany(connection, topic, rows);
            } else {
                insert(connection, topic, rows);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("the event log refused events on " + topic, failure);
        }
    }

    private static void insert(Connection connection, String topic, List<Row> rows) throws SQLException {
        String traceParent = TraceParent.current();
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Row row : rows) {
                Entry entry = row.entry();
                insert.setObject(1, entry.id());
                insert.setString(2, topic);
                insert.setString(3, entry.event().type());
                insert.setObject(4, entry.subject());
                insert.setLong(5, entry.sequence());
                insert.setObject(6, row.occurredAt());
                insert.setString(7, EventJson.write(entry.actor()));
                insert.setObject(8, entry.causationId());
                insert.setObject(9, entry.correlationId());
                insert.setString(10, traceParent);
                insert.setInt(11, entry.event().schemaVersion());
                insert.setString(12, EventJson.write(entry.event().data()));
                insert.setString(13, EventJson.write(entry.event().personal()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void insertMany(Connection connection, String topic, List<Row> rows) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT_MANY)) {
            insert.setString(1, topic);
            insert.setString(2, TraceParent.current());
            Columns columns = new Columns(connection, rows);
            insert.setArray(3, columns.of("uuid", row -> row.entry().id()));
            insert.setArray(4, columns.of("text", row -> row.entry().event().type()));
            insert.setArray(5, columns.of("uuid", row -> row.entry().subject()));
            insert.setArray(6, columns.of("bigint", row -> row.entry().sequence()));
            insert.setArray(7, columns.of("timestamptz", Row::occurredAt));
            insert.setArray(
                    8, columns.of("text", row -> EventJson.write(row.entry().actor())));
            insert.setArray(9, columns.of("uuid", row -> row.entry().causationId()));
            insert.setArray(10, columns.of("uuid", row -> row.entry().correlationId()));
            insert.setArray(11, columns.of("integer", row -> row.entry().event().schemaVersion()));
            insert.setArray(
                    12,
                    columns.of(
                            "text", row -> EventJson.write(row.entry().event().data())));
            insert.setArray(
                    13,
                    columns.of(
                            "text", row -> EventJson.write(row.entry().event().personal())));
            insert.executeUpdate();
        }
    }

    private record Columns(Connection connection, List<Row> rows) {

        Array of(String type, Function<Row, @Nullable Object> value) throws SQLException {
            Object[] values = new Object[rows.size()];
            for (int row = 0; row < values.length; row++) {
                values[row] = value.apply(rows.get(row));
            }
            return connection.createArrayOf(type, values);
        }
    }
}
