package org.stonechat.ticket.history;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
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
              and (cardinality(?::text[]) = 0 or e.type = any (?::text[]))
              and (?::text is null or e.actor ->> 'kind' = ?)
              and (?::text is null or e.actor ->> 'id' = ?)
            order by e.sequence limit ?
            """;

    /// Each event behind the given ones, nearest first. An event of another service is named and nothing more.
    private static final String CHAINS = """
            with recursive chain (entry, cause, depth) as (
                select e.id, e.causation_id, 1 from domain_event e
                where e.id = any (?::uuid[]) and e.causation_id is not null
                union all
                select chain.entry, behind.causation_id, chain.depth + 1
                from chain join domain_event behind on behind.id = chain.cause
                where behind.causation_id is not null and chain.depth < ?
            )
            select chain.entry, chain.cause, behind.type, behind.subject, behind.sequence, behind.occurred_at, behind.actor
            from chain left join domain_event behind on behind.id = chain.cause
            order by chain.entry, chain.depth
            """;

    private static final int LONGEST_CHAIN = 20;

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

    /// Which entries are wanted.
    ///
    /// @param types     empty for all
    /// @param actorKind null for any
    /// @param actorId   null for anybody
    record Filter(
            List<String> types,
            Actor.@Nullable Kind actorKind,
            @Nullable UUID actorId) {}

    List<HistoryEntry> page(UUID ticketId, Filter filter, long afterSequence, int limit) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(PAGE)) {
            select.setObject(1, ticketId);
            select.setLong(2, afterSequence);
            Array types = connection.createArrayOf("text", filter.types().toArray());
            select.setArray(3, types);
            select.setArray(4, types);
            String kind = filter.actorKind() == null ? null : filter.actorKind().name();
            select.setString(5, kind);
            select.setString(6, kind);
            String person = filter.actorId() == null ? null : filter.actorId().toString();
            select.setString(7, person);
            select.setString(8, person);
            select.setInt(9, limit);
            List<HistoryEntry> entries = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    entries.add(new HistoryEntry(
                            row.getObject(1, UUID.class),
                            row.getLong(2),
                            row.getString(3),
                            row.getObject(4, OffsetDateTime.class).toInstant(),
                            EventJson.MAPPER.readValue(row.getString(5), Actor.class),
                            details(row.getString(3), row.getString(6), row.getString(7)),
                            row.getObject(8, UUID.class),
                            row.getObject(9, UUID.class),
                            row.getString(10),
                            List.of()));
                }
            }
            Map<UUID, List<HistoryEntry.Link>> chains = chains(connection, ticketId, entries);
            return entries.stream()
                    .map(entry -> entry.causedBy(chains.getOrDefault(entry.id(), List.of())))
                    .toList();
        } catch (SQLException | JsonProcessingException failure) {
            throw new IllegalStateException("the history of ticket " + ticketId + " could not be read", failure);
        }
    }

    private static Map<UUID, List<HistoryEntry.Link>> chains(
            Connection connection, UUID ticketId, List<HistoryEntry> entries)
            throws SQLException, JsonProcessingException {
        UUID[] caused = entries.stream()
                .filter(entry -> entry.causationId() != null)
                .map(HistoryEntry::id)
                .toArray(UUID[]::new);
        if (caused.length == 0) {
            return Map.of();
        }
        Map<UUID, List<HistoryEntry.Link>> chains = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(CHAINS)) {
            select.setArray(1, connection.createArrayOf("uuid", caused));
            select.setInt(2, LONGEST_CHAIN);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    boolean known = row.getString(3) != null;
                    boolean here = ticketId.equals(row.getObject(4, UUID.class));
                    chains.computeIfAbsent(row.getObject(1, UUID.class), entry -> new ArrayList<>())
                            .add(new HistoryEntry.Link(
                                    row.getObject(2, UUID.class),
                                    row.getString(3),
                                    here ? row.getLong(5) : null,
                                    known
                                            ? row.getObject(6, OffsetDateTime.class)
                                                    .toInstant()
                                            : null,
                                    known ? EventJson.MAPPER.readValue(row.getString(7), Actor.class) : null));
                }
            }
        }
        return chains;
    }

    private static JsonNode details(String type, String data, String personal) {
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
        if (type.equals("TicketForwarded")) {
            hideAddresses(details);
        }
        return details;
    }

    /// Who was named by user name or role is shown by name alone. Of old forwards it is known that there were such,
    /// not who.
    private static void hideAddresses(ObjectNode details) {
        boolean toStaff = !details.path("agentIds").isEmpty();
        boolean marked = false;
        for (JsonNode one : details.path("to")) {
            marked |= one.has("agentId");
        }
        for (JsonNode one : details.path("to")) {
            if (one instanceof ObjectNode recipient && (marked ? recipient.has("agentId") : toStaff)) {
                recipient.remove("address");
            }
        }
    }
}
