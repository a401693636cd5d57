package org.stonechat.kit.relay;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;

import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/// A row of `domain_event`, read from the table or from the write-ahead log; JSON columns stay text.
record StoredEvent(
        long position,
        String id,
        String topic,
        String type,
        String subject,
        long sequence,
        Instant occurredAt,
        String actor,
        @Nullable String causationId,
        String correlationId,
        @Nullable String traceparent,
        int schemaVersion,
        String data,
        String personal) {

    /// The columns that [#from(ResultSet)] reads.
    static final String COLUMNS = """
            position, id::text, topic, type, subject::text, sequence, occurred_at, actor::text, causation_id::text,
            correlation_id::text, traceparent, schema_version, data::text, personal::text""";

    static StoredEvent from(ResultSet row) throws SQLException {
        return new StoredEvent(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getLong(6),
                row.getObject(7, OffsetDateTime.class).toInstant(),
                row.getString(8),
                row.getString(9),
                row.getString(10),
                row.getString(11),
                row.getInt(12),
                row.getString(13),
                row.getString(14));
    }

    /// @param row the `after` part of a Debezium change event
    static StoredEvent from(Struct row) {
        return new StoredEvent(
                row.getInt64("position"),
                row.getString("id"),
                row.getString("topic"),
                row.getString("type"),
                row.getString("subject"),
                row.getInt64("sequence"),
                OffsetDateTime.parse(row.getString("occurred_at")).toInstant(),
                row.getString("actor"),
                row.getString("causation_id"),
                row.getString("correlation_id"),
                row.getString("traceparent"),
                row.getInt32("schema_version"),
                row.getString("data"),
                row.getString("personal"));
    }
}
