package org.stonechat.ticket.export;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

/// Which tickets have changed, in the order in which the changes became certain.
///
/// The order is (transaction, position), and nothing of a transaction that began after the oldest running one
/// is told yet: identity order is not commit order, and a change that commits late must not lie behind the
/// cursor. Of each ticket only the last event counts, so a ticket that changes often is told once.
@ApplicationScoped
class ChangedTickets {

    private static final String PAGE = """
            with horizon as materialized (select pg_snapshot_xmin(pg_current_snapshot()) as xmin)
            select e.transaction_id::text, e.position, e.subject, t.department_id = any(?) and not (t.team_id is not null and t.team_id = any(?))
            from horizon h
            cross join domain_event e
            join ticket t on t.id = e.subject
            where e.topic = 'tickets'
              and (e.transaction_id, e.position) > (?::text::xid8, ?)
              and e.transaction_id < h.xmin
              and not exists (
                  select 1 from domain_event later
                  where later.subject = e.subject and later.sequence > e.sequence and later.transaction_id < h.xmin)
              and (t.department_id = any(?)
                   or exists (
                       select 1 from domain_event r
                       where r.subject = e.subject and r.type = 'TicketReferred'
                         and (r.data ->> 'fromDepartmentId')::uuid = any(?)))
            order by e.transaction_id, e.position
            limit ?
            """;

    private final DataSource dataSource;

    ChangedTickets(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /// @param transaction of the last event, with `position` where the next page begins
    /// @param here        false when the ticket has gone to another department, or is out of sight
    record Change(long transaction, long position, UUID ticketId, boolean here) {}

    /// @param hiddenTeams closed ones whose tickets are told like those that have gone
    List<Change> page(
            List<UUID> departments, Collection<UUID> hiddenTeams, long transaction, long position, int limit) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(PAGE)) {
            Array scope = connection.createArrayOf("uuid", departments.toArray());
            select.setArray(1, scope);
            select.setArray(2, connection.createArrayOf("uuid", hiddenTeams.toArray()));
            select.setString(3, Long.toString(transaction));
            select.setLong(4, position);
            select.setArray(5, scope);
            select.setArray(6, scope);
            select.setInt(7, limit);
            List<Change> changes = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    changes.add(new Change(
                            Long.parseLong(row.getString(1)),
                            row.getLong(2),
                            row.getObject(3, UUID.class),
                            row.getBoolean(4)));
                }
            }
            return changes;
        } catch (SQLException failure) {
            throw new IllegalStateException("the changed tickets could not be read", failure);
        }
    }
}
