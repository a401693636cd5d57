package org.stonechat.analytics.review;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.analytics.report.Scope;

/// The figures of the review report.
@ApplicationScoped
class ReviewReports {

    @Schema(name = "StarCounts")
    record Stars(long one, long two, long three, long four, long five) {}

    @Schema(name = "ReviewFigures")
    record Figures(
            long received,

            @Schema(description = "Answered here") long answered,

            @Schema(description = "Answered in the platform's own inbox, and not here")
            long answeredElsewhere,

            @Schema(description = "Answered nowhere") long unanswered,

            @Schema(description = "Answered here or elsewhere / received, 0 to 1; null when none was received")
            @Nullable
            Double answeredShare,

            @Schema(description = "Seconds from writing to answering, here or elsewhere, median") @Nullable
            Double medianSecondsToAnswer,

            @Schema(description = "The mean of the exact ratings, 1.00 to 5.00") @Nullable
            BigDecimal grade,

            Stars stars) {}

    private final DataSource dataSource;

    ReviewReports(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    Figures figures(Scope.Selection selection) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement("""
                                select count(*), count(answered_at),
                                       percentile_cont(0.5) within group (
                                           order by extract(epoch from
                                               coalesce(answered_at, answered_elsewhere_at) - reviewed_at)),
                                       round(avg(rating), 2),
                                       count(*) filter (where stars = 1), count(*) filter (where stars = 2),
                                       count(*) filter (where stars = 3), count(*) filter (where stars = 4),
                                       count(*) filter (where stars = 5),
                                       count(*) filter (where answered_at is null
                                                          and answered_elsewhere_at is not null)
                                from review_fact
                                where reviewed_at >= ? and reviewed_at < ?
                                  and (?::uuid[] is null or department_id = any(?))
                                """)) {
            selection.bind(connection, select, 1);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                long received = row.getLong(1);
                long answered = row.getLong(2);
                long elsewhere = row.getLong(10);
                return new Figures(
                        received,
                        answered,
                        elsewhere,
                        received - answered - elsewhere,
                        received == 0 ? null : (double) (answered + elsewhere) / received,
                        row.getObject(3, Double.class),
                        row.getBigDecimal(4),
                        new Stars(row.getLong(5), row.getLong(6), row.getLong(7), row.getLong(8), row.getLong(9)));
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("reviews cannot be counted", failure);
        }
    }
}
