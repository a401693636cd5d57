package org.stonechat.analytics.ticket;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

/// The tables behind the ticket reports, read and written by the batch.
@ApplicationScoped
class TicketTables {

    Map<UUID, TicketFact> read(Connection connection, Set<UUID> ids) throws SQLException {
        Map<UUID, TicketFact> facts = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("""
                        select ticket_id, number, department_id, team_id, assignee_id, category, priority, channel,
                               review_id, created_at, first_reply_at, solved_at, closed_at, solved_times, reopened_times,
                               merged_into
                        from ticket_fact where ticket_id = any(?)
                        """)) {
            select.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    TicketFact fact = new TicketFact(new TicketFact.Standing(
                            row.getObject(1, UUID.class),
                            row.getLong(2),
                            row.getObject(3, UUID.class),
                            row.getObject(4, UUID.class),
                            row.getObject(5, UUID.class),
                            new TicketFact.Stage(row.getObject(1, UUID.class), row.getString(6)),
                            row.getString(7),
                            row.getString(8),
                            row.getObject(9, UUID.class)));
                    fact.createdAt = instant(row, 10);
                    fact.firstReplyAt = instant(row, 11);
                    fact.solvedAt = instant(row, 12);
                    fact.closedAt = instant(row, 13);
                    fact.solvedTimes = row.getInt(14);
                    fact.reopenedTimes = row.getInt(15);
                    fact.mergedInto = row.getObject(16, UUID.class);
                    facts.put(fact.standing.ticketId(), fact);
                }
            }
        }
        return facts;
    }

    void write(Connection connection, Collection<TicketFact> facts, List<TicketFact.Occurrence> occurrences)
            throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                        insert into ticket_fact (ticket_id, number, department_id, team_id, assignee_id, category,
                                                 priority, channel, review_id, created_at, first_reply_at, solved_at,
                                                 closed_at, solved_times, reopened_times, merged_into)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (ticket_id) do update set
                          number = excluded.number, department_id = excluded.department_id, team_id = excluded.team_id,
                          assignee_id = excluded.assignee_id, category = excluded.category,
                          priority = excluded.priority, channel = excluded.channel, review_id = excluded.review_id,
                          created_at = excluded.created_at, first_reply_at = excluded.first_reply_at,
                          solved_at = excluded.solved_at, closed_at = excluded.closed_at,
                          solved_times = excluded.solved_times, reopened_times = excluded.reopened_times,
                          merged_into = excluded.merged_into
                        """)) {
            for (TicketFact fact : facts) {
                TicketFact.Standing standing = fact.standing;
                upsert.setObject(1, standing.ticketId());
                upsert.setLong(2, standing.number());
                upsert.setObject(3, standing.departmentId());
                upsert.setObject(4, standing.teamId());
                upsert.setObject(5, standing.assigneeId());
                upsert.setString(6, standing.stage().category());
                upsert.setString(7, standing.priority());
                upsert.setString(8, standing.channel());
                upsert.setObject(9, standing.reviewId());
                upsert.setObject(10, at(fact.createdAt));
                upsert.setObject(11, at(fact.firstReplyAt));
                upsert.setObject(12, at(fact.solvedAt));
                upsert.setObject(13, at(fact.closedAt));
                upsert.setInt(14, fact.solvedTimes);
                upsert.setInt(15, fact.reopenedTimes);
                upsert.setObject(16, fact.mergedInto);
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                        insert into ticket_occurrence (ticket_id, sequence, kind, occurred_at, department_id, team_id,
                                                       agent_id, channel, one_touch, seconds)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)) {
            for (TicketFact.Occurrence occurrence : occurrences) {
                insert.setObject(1, occurrence.ticketId());
                insert.setLong(2, occurrence.sequence());
                insert.setString(3, occurrence.kind().name());
                insert.setObject(4, at(occurrence.occurredAt()));
                insert.setObject(5, occurrence.departmentId());
                insert.setObject(6, occurrence.teamId());
                insert.setObject(7, occurrence.agentId());
                insert.setString(8, occurrence.channel());
                insert.setBoolean(9, occurrence.oneTouch());
                insert.setObject(10, occurrence.seconds(), Types.DOUBLE);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    void empty(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("delete from ticket_occurrence");
            statement.executeUpdate("delete from ticket_fact");
        }
    }

    private static @Nullable OffsetDateTime at(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }
}
