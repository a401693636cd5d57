package org.stonechat.ticket.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.department.StageCategory;
import org.stonechat.ticket.event.Channel;
import org.stonechat.ticket.event.Priority;
import org.stonechat.ticket.field.FieldValues;
import org.stonechat.ticket.rights.Sight;
import org.stonechat.ticket.rights.TicketSight;
import org.stonechat.ticket.ticket.Face;

/// Reads what lists show of tickets.
@ApplicationScoped
public class TicketRows {

    private static final String SELECT = """
            select t.id, t.number, t.subject, t.department_id, t.team_id, t.assignee_id, a.display_name,
                   s.id, s.label, s.category, t.priority, t.escalated, t.category, t.tags,
                   c.id, case when t.requester_given then t.requester_name else c.name end,
                   case when t.requester_given then t.requester_address
                        else coalesce(t.requester_address, c.address, c.other_addresses[1]) end,
                   t.channel, t.due_at, t.waiting_since, t.created_at, t.folded_at,
                   v.review_id, v.stars, v.title, v.author_name, t.face, t.version, t.queue_id, t.type_id
            from ticket t
            join stage s on s.id = t.stage_id
            join contact c on c.id = t.contact_id
            left join agent a on a.id = t.assignee_id
            left join ticket_review v on v.ticket_id = t.id and t.review_id is not null
            where t.id = any(?)
            """;

    private final DataSource dataSource;
    private final FieldValues fields;
    private final TicketSight sight;

    TicketRows(DataSource dataSource, FieldValues fields, TicketSight sight) {
        this.dataSource = dataSource;
        this.fields = fields;
        this.sight = sight;
    }

    /// In the order of the ids.
    public List<TicketRow> of(List<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<UUID, Map<String, Object>> values = fields.of(ids);
        Sight seen = sight.ofCaller();
        Map<UUID, TicketRow> rows = new HashMap<>();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(SELECT)) {
            select.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    UUID id = row.getObject(1, UUID.class);
                    rows.put(id, read(id, row, values.getOrDefault(id, Map.of()), seen));
                }
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("the rows of a list could not be read", failure);
        }
        Map<UUID, TicketRow> inOrder = new LinkedHashMap<>();
        for (UUID id : ids) {
            TicketRow row = rows.get(id);
            if (row != null) {
                inOrder.put(id, row);
            }
        }
        return List.copyOf(inOrder.values());
    }

    private static TicketRow read(UUID id, ResultSet row, Map<String, Object> fields, Sight seen) throws SQLException {
        UUID departmentId = row.getObject(4, UUID.class);
        UUID teamId = row.getObject(5, UUID.class);
        UUID assigneeId = row.getObject(6, UUID.class);
        UUID reviewId = row.getObject(23, UUID.class);
        String face = row.getString(27);
        return new TicketRow(
                id,
                row.getLong(2),
                row.getString(3),
                departmentId,
                teamId,
                row.getObject(29, UUID.class),
                assigneeId,
                row.getString(7),
                new TicketRow.RowStage(
                        row.getObject(8, UUID.class), row.getString(9), StageCategory.valueOf(row.getString(10))),
                Priority.valueOf(row.getString(11)),
                row.getBoolean(12),
                row.getObject(30, UUID.class),
                row.getString(13),
                List.of((String[]) row.getArray(14).getArray()),
                row.getObject(15, UUID.class),
                row.getString(16),
                row.getString(17),
                Channel.valueOf(row.getString(18)),
                instant(row, 19),
                instant(row, 20),
                Objects.requireNonNull(instant(row, 21)),
                instant(row, 22),
                reviewId == null
                        ? null
                        : new TicketRow.RowReview(
                                reviewId, (Integer) row.getObject(24), row.getString(25), row.getString(26)),
                face == null ? null : Face.valueOf(face),
                fields,
                !seen.covers(departmentId, teamId, assigneeId),
                row.getInt(28));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
