package org.stonechat.rating.ticket;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

/// The tickets this service has heard of.
@ApplicationScoped
public class Tickets {

    private final DataSource dataSource;

    Tickets(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /// Reads a ticket and holds off other changes of it until the transaction ends.
    public Optional<Ticket> lock(UUID id) {
        return read(id, " for update");
    }

    public Optional<Ticket> find(UUID id) {
        return read(id, "");
    }

    private Optional<Ticket> read(UUID id, String lock) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement("""
                                select number, department_id, team_id, assignee_id, contact_id, channel, language, category,
                                       review_id, tags, requester_name, requester_address, merged
                                from ticket where id = ?
                                """ + lock)) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Ticket(
                                id,
                                row.getLong(1),
                                row.getObject(2, UUID.class),
                                row.getObject(3, UUID.class),
                                row.getObject(4, UUID.class),
                                row.getObject(5, UUID.class),
                                row.getString(6),
                                row.getString(7),
                                row.getString(8),
                                row.getObject(9, UUID.class),
                                List.of((String[]) row.getArray(10).getArray()),
                                row.getString(11),
                                row.getString(12),
                                row.getBoolean(13)))
                        : Optional.empty();
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("a ticket cannot be read", failure);
        }
    }

    /// The ticket became an alias of another one, or is one of its own again.
    void merged(UUID id, boolean merged) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update = connection.prepareStatement("update ticket set merged = ? where id = ?")) {
            update.setBoolean(1, merged);
            update.setObject(2, id);
            update.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("a merge cannot be kept", failure);
        }
    }

    void keep(Ticket ticket) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement upsert = connection.prepareStatement("""
                                insert into ticket (id, number, department_id, team_id, assignee_id, contact_id, channel,
                                                    language, category, review_id, tags, requester_name,
                                                    requester_address)
                                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                                on conflict (id) do update set
                                  number = excluded.number, department_id = excluded.department_id,
                                  team_id = excluded.team_id, assignee_id = excluded.assignee_id,
                                  contact_id = excluded.contact_id, channel = excluded.channel,
                                  language = excluded.language, category = excluded.category,
                                  review_id = excluded.review_id, tags = excluded.tags,
                                  requester_name = coalesce(excluded.requester_name, ticket.requester_name),
                                  requester_address = coalesce(excluded.requester_address, ticket.requester_address)
                                """)) {
            upsert.setObject(1, ticket.id());
            upsert.setLong(2, ticket.number());
            upsert.setObject(3, ticket.departmentId());
            upsert.setObject(4, ticket.teamId());
            upsert.setObject(5, ticket.assigneeId());
            upsert.setObject(6, ticket.contactId());
            upsert.setString(7, ticket.channel());
            upsert.setString(8, ticket.language());
            upsert.setString(9, ticket.category());
            upsert.setObject(10, ticket.reviewId());
            upsert.setArray(11, connection.createArrayOf("text", ticket.tags().toArray()));
            upsert.setString(12, ticket.requesterName());
            upsert.setString(13, ticket.requesterAddress());
            upsert.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("a ticket cannot be kept", failure);
        }
    }
}
