package org.stonechat.ticket.history;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.event.Actor;
import org.stonechat.kit.event.EventJson;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A ticket's history is its part of the event log.
@ApplicationScoped
class TicketHistory {

    private static final String PAGE = """
            select e.id, e.sequence, e.type, e.occurred_at, e.actor, e.data, e.personal, e.causation_id,
                   e.correlation_id, cause.type
            from domain_event e left join domain_event cause on cause.id = e.causation_id
            where e.subject = ? and e.sequence > ?
            order by e.sequence limit ?
            """;

    /// The facts every event carries tell nothing about this one.
    private static final Set<String> STANDING = Set.of(
            "ticketId",
            "number",
            "departmentId",
            "teamId",
            "queueId",
            "assigneeId",
            "contactId",
            "stage",
            "priority",
            "escalated",
            "channel",
            "language",
            "typeId",
            "tags",
            "reviewId");

    /// What people wrote stands in the conversation; of the personal part only old and new values belong here.
    private static final Set<String> PERSONAL = Set.of("from", "to", "name", "comment", "subject");

    private final DataSource dataSource;

    TicketHistory(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    List<HistoryEntry> page(UUID ticketId, long afterSequence, int limit) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(PAGE)) {
            select.setObject(1, ticketId);
            select.setLong(2, afterSequence);
            select.setInt(3, limit);
            List<HistoryEntry> entries = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    entries.add(new HistoryEntry(
                            row.getObject(1, UUID.class),
                            row.getLong(2),
                            row.getString(3),
                            row.getObject(4, OffsetDateTime.class).toInstant(),
                            EventJson.MAPPER.readValue(row.getString(5), Actor.class),
                            details(row.getString(6), row.getString(7)),
                            row.getObject(8, UUID.class),
                            row.getObject(9, UUID.class),
                            row.getString(10)));
                }
            }
            return entries;
        } catch (SQLException | JsonProcessingException failure) {
            throw new IllegalStateException("the history of ticket " + ticketId + " could not be read", failure);
        }
    }

    private static JsonNode details(String data, String personal) {
        ObjectNode details = EventJson.MAPPER.createObjectNode();
        EventJson.read(data).properties().forEach(field -> {
            if (!STANDING.contains(field.getKey())) {
                details.set(field.getKey(), field.getValue());
            }
        });
        EventJson.read(personal).properties().forEach(field -> {
            if (PERSONAL.contains(field.getKey())) {
                details.set(field.getKey(), field.getValue());
            }
        });
        return details;
    }
}
