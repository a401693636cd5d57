package org.stonechat.kit.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Actor;
import org.stonechat.kit.event.EventJson;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;

/// The table of lines.
@ApplicationScoped
class AuditTable {

    private static final TypeReference<List<FieldChange>> CHANGES = new TypeReference<>() {};
    private static final int PURGED_AT_ONCE = 5000;

    private final DataSource dataSource;

    AuditTable(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /// Which lines are asked for; null is any.
    ///
    /// @param from the first moment
    /// @param to the first moment after the last
    record Filter(
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable String kind,
            @Nullable String actor,
            AuditLine.@Nullable Outcome outcome) {}

    /// Where a page begins.
    record Place(Instant occurredAt, UUID id) {}

    /// A line of the same id is counted on.
    void insert(AuditLine line) {
        String sql = """
                insert into audit_line (id, outcome, kind, subject_id, operation, code, actor_kind, actor_id, changes,
                                        times, correlation_id, occurred_at, last_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?)
                on conflict (id) do update
                set times = audit_line.times + excluded.times,
                    last_at = greatest(audit_line.last_at, excluded.last_at)
                """;
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setObject(1, line.id());
            insert.setString(2, line.outcome().name());
            insert.setString(3, line.kind());
            insert.setString(4, line.subjectId());
            insert.setString(5, line.operation());
            insert.setString(6, line.code());
            insert.setString(7, line.actorKind().name());
            insert.setString(8, line.actorId());
            insert.setString(9, EventJson.write(line.changes()).replace("\\u0000", ""));
            insert.setInt(10, line.count());
            insert.setObject(11, line.correlationId());
            insert.setObject(12, timestamp(line.occurredAt()));
            insert.setObject(13, timestamp(line.lastAt()));
            insert.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("an audit line could not be written", failure);
        }
    }

    /// The latest first.
    List<AuditLine> page(Filter filter, @Nullable Place before, int rows) {
        List<String> conditions = new ArrayList<>(List.of("true"));
        List<@Nullable Object> values = new ArrayList<>();
        if (filter.from() != null) {
            conditions.add("occurred_at >= ?");
            values.add(timestamp(filter.from()));
        }
        if (filter.to() != null) {
            conditions.add("occurred_at < ?");
            values.add(timestamp(filter.to()));
        }
        if (filter.kind() != null) {
            conditions.add("kind = ?");
            values.add(filter.kind());
        }
        if (filter.actor() != null) {
            conditions.add("actor_id = ?");
            values.add(filter.actor());
        }
        if (filter.outcome() != null) {
            conditions.add("outcome = ?");
            values.add(filter.outcome().name());
        }
        if (before != null) {
            conditions.add("(occurred_at, id) < (?, ?)");
            values.add(timestamp(before.occurredAt()));
            values.add(before.id());
        }
        values.add(rows);
        String sql = """
                select id, outcome, kind, subject_id, operation, code, actor_kind, actor_id, changes, times,
                       correlation_id, occurred_at, last_at
                from audit_line where %s order by occurred_at desc, id desc limit ?
                """.formatted(String.join(" and ", conditions));
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            for (int index = 0; index < values.size(); index++) {
                select.setObject(index + 1, values.get(index));
            }
            List<AuditLine> lines = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    lines.add(read(row));
                }
            }
            return lines;
        } catch (SQLException | JsonProcessingException failure) {
            throw new IllegalStateException("audit lines could not be read", failure);
        }
    }

    /// @return how many were cleared away; as many as fit into a batch, when there may be more
    int purge(Instant changesBefore, Instant refusalsBefore) {
        String sql = """
                delete from audit_line where id in (
                    select id from audit_line
                    where occurred_at < case outcome when 'REFUSED' then ?::timestamptz else ?::timestamptz end
                    order by occurred_at limit ?)
                """;
        try (Connection connection = dataSource.getConnection();
                PreparedStatement purge = connection.prepareStatement(sql)) {
            purge.setObject(1, timestamp(refusalsBefore));
            purge.setObject(2, timestamp(changesBefore));
            purge.setInt(3, PURGED_AT_ONCE);
            return purge.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("old audit lines could not be cleared away", failure);
        }
    }

    static boolean mayBeMore(int purged) {
        return purged == PURGED_AT_ONCE;
    }

    private static AuditLine read(ResultSet row) throws SQLException, JsonProcessingException {
        return new AuditLine(
                row.getObject("id", UUID.class),
                AuditLine.Outcome.valueOf(row.getString("outcome")),
                row.getString("kind"),
                row.getString("subject_id"),
                row.getString("operation"),
                row.getString("code"),
                Actor.Kind.valueOf(row.getString("actor_kind")),
                row.getString("actor_id"),
                EventJson.MAPPER.readValue(row.getString("changes"), CHANGES),
                row.getInt("times"),
                row.getObject("correlation_id", UUID.class),
                row.getObject("occurred_at", OffsetDateTime.class).toInstant(),
                row.getObject("last_at", OffsetDateTime.class).toInstant());
    }

    private static OffsetDateTime timestamp(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
