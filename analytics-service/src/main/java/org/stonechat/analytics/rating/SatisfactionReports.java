package org.stonechat.analytics.rating;

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

/// The figures of the satisfaction report.
@ApplicationScoped
class SatisfactionReports {

    /// What a row stands for.
    @Schema(name = "SatisfactionGrouping")
    enum Grouping {
        NONE("''"),
        DEPARTMENT("department_id::text"),
        TEAM("coalesce(team_id::text, '')"),
        AGENT("coalesce(agent_id::text, '')");

        private final String key;

        Grouping(String key) {
            this.key = key;
        }
    }

    @Schema(name = "SatisfactionFigures")
    record Figures(
            String key,
            String label,

            @Schema(description = "Requests sent and not cancelled")
            long requested,

            long given,

            @Schema(description = "given / requested, 0 to 1; null when none was sent") @Nullable
            Double responseRate,

            long satisfied,
            long okay,
            long dissatisfied,

            @Schema(description = "satisfied / given, 0 to 1; null when none was given") @Nullable
            Double satisfiedShare) {}

    private final DataSource dataSource;

    SatisfactionReports(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    List<Figures> figures(Scope.Selection selection, Grouping grouping) {
        String sql = """
                select grouped.key, coalesce(directory_name.name, grouped.key), requested, given, satisfied, okay,
                       dissatisfied
                from (select %s as key,
                             count(*) filter (where cancelled_at is null or face is not null) as requested,
                             count(face) as given,
                             count(*) filter (where face = 'SATISFIED') as satisfied,
                             count(*) filter (where face = 'OKAY') as okay,
                             count(*) filter (where face = 'DISSATISFIED') as dissatisfied
                      from rating_fact
                      where requested_at >= ? and requested_at < ?
                        and (?::uuid[] is null or department_id = any(?))
                      group by 1) grouped
                left join directory_name on directory_name.id::text = grouped.key
                order by grouped.key
                """.formatted(grouping.key);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            selection.bind(connection, select, 1);
            List<Figures> figures = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    long requested = row.getLong(3);
                    long given = row.getLong(4);
                    long satisfied = row.getLong(5);
                    figures.add(new Figures(
                            row.getString(1),
                            row.getString(2),
                            requested,
                            given,
                            requested == 0 ? null : (double) given / requested,
                            satisfied,
                            row.getLong(6),
                            row.getLong(7),
                            given == 0 ? null : (double) satisfied / given));
                }
            }
            return figures;
        } catch (SQLException failure) {
            throw new IllegalStateException("satisfaction cannot be computed", failure);
        }
    }
}
