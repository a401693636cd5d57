package org.stonechat.analytics.ticket;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.analytics.report.Scope;

/// Counts and times of tickets, straight from the projections.
@ApplicationScoped
class TicketReports {

    /// What the rows of a ticket report stand for.
    @Schema(name = "TicketGrouping")
    enum Grouping {
        NONE("''"),
        DAY("to_char(occurrence.occurred_at at time zone 'UTC', 'YYYY-MM-DD')"),
        DEPARTMENT("occurrence.department_id::text"),
        TEAM("coalesce(occurrence.team_id::text, '')"),
        AGENT("coalesce(occurrence.agent_id::text, '')"),
        CHANNEL("occurrence.channel");

        private final String key;

        Grouping(String key) {
            this.key = key;
        }
    }

    @Schema(name = "TicketCounts")
    record Counts(
            @Schema(description = "What the row stands for: a date, an id, a channel; empty for none")
            String key,

            @Schema(description = "The key's name where the directory has one")
            String label,

            long created,

            @Schema(description = "Tickets, however often each was solved")
            long solved,

            long reopened,

            @Schema(description = "Solved by the very reply that answered")
            long oneTouch,

            @Schema(description = "oneTouch / solved, 0 to 1; null when nothing was solved") @Nullable
            Double oneTouchShare) {}

    @Schema(name = "TicketDurations")
    record Durations(
            @Schema(description = "How many were measured") long count,
            @Schema(description = "Seconds") @Nullable Double median,

            @Schema(description = "Seconds; 90 % were faster") @Nullable
            Double p90,

            @Schema(description = "Seconds; 99 % were faster") @Nullable
            Double p99) {}

    private final DataSource dataSource;

    TicketReports(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    List<Counts> counts(Scope.Selection selection, Grouping grouping) {
        String sql = """
                select grouped.key, coalesce(directory_name.name, grouped.key), created, solved, reopened, one_touch
                from (select %s as key,
                             count(*) filter (where kind = 'CREATED') as created,
                             count(distinct ticket_id) filter (where kind = 'SOLVED') as solved,
                             count(*) filter (where kind = 'REOPENED') as reopened,
                             count(distinct ticket_id) filter (where kind = 'SOLVED' and one_touch)
                                 as one_touch
                      from ticket_occurrence occurrence
                      where occurred_at >= ? and occurred_at < ?
                        and (?::uuid[] is null or department_id = any(?))
                        and kind in ('CREATED', 'SOLVED', 'REOPENED')
                      group by 1) grouped
                left join directory_name on directory_name.id::text = grouped.key
                order by grouped.key
                """.formatted(grouping.key);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            selection.bind(connection, select, 1);
            List<Counts> counts = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    long solved = row.getLong(4);
                    long oneTouch = row.getLong(6);
                    counts.add(new Counts(
                            row.getString(1),
                            row.getString(2),
                            row.getLong(3),
                            solved,
                            row.getLong(5),
                            oneTouch,
                            solved == 0 ? null : (double) oneTouch / solved));
                }
            }
            return counts;
        } catch (SQLException failure) {
            throw new IllegalStateException("tickets cannot be counted", failure);
        }
    }

    /// Tickets that are neither solved nor closed now; what was merged into another ticket is that one's work.
    long backlog(Scope.Selection selection) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select count(*) from ticket_fact where category not in ('SOLVED', 'CLOSED')"
                                + " and merged_into is null and (?::uuid[] is null or department_id = any(?))")) {
            selection.bindDepartments(connection, select, 1);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("the backlog cannot be counted", failure);
        }
    }

    /// Calendar time from a ticket's creation to its first reply, or to being solved.
    Durations durations(Scope.Selection selection, TicketFact.Kind kind) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement("""
                                select count(seconds),
                                       percentile_cont(0.5) within group (order by seconds),
                                       percentile_cont(0.9) within group (order by seconds),
                                       percentile_cont(0.99) within group (order by seconds)
                                from ticket_occurrence
                                where occurred_at >= ? and occurred_at < ?
                                  and (?::uuid[] is null or department_id = any(?))
                                  and kind = ?
                                """)) {
            int index = selection.bind(connection, select, 1);
            select.setString(index, kind.name());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new Durations(
                        row.getLong(1),
                        row.getObject(2, Double.class),
                        row.getObject(3, Double.class),
                        row.getObject(4, Double.class));
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("durations cannot be computed", failure);
        }
    }
}
