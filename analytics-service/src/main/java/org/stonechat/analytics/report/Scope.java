package org.stonechat.analytics.report;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.RequestScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.security.CurrentUser;

/// Whose figures a report shows: a period, and the departments that the caller asks for and may see.
@RequestScoped
public class Scope {

    private static final long DEFAULT_DAYS = 30;
    private static final long LONGEST_DAYS = 731;

    private final CurrentUser user;
    private final InstantSource clock;

    Scope(CurrentUser user, InstantSource clock) {
        this.user = user;
        this.clock = clock;
    }

    /// @param from        inclusive
    /// @param to          exclusive
    /// @param departments null for all
    public record Selection(
            Instant from, Instant to, @Nullable Set<UUID> departments) {

        /// Sets two timestamps and the departments, the latter twice: `(?::uuid[] is null or department_id =
        /// any(?))`.
        ///
        /// @return the index of the next parameter
        public int bind(Connection connection, PreparedStatement statement, int index) throws SQLException {
            statement.setObject(index++, at(from));
            statement.setObject(index++, at(to));
            return bindDepartments(connection, statement, index);
        }

        public int bindDepartments(Connection connection, PreparedStatement statement, int index) throws SQLException {
            Object[] ids = departments == null ? null : departments.toArray();
            for (int i = 0; i < 2; i++) {
                statement.setArray(index++, ids == null ? null : connection.createArrayOf("uuid", ids));
            }
            return index;
        }

        private static OffsetDateTime at(Instant instant) {
            return instant.atOffset(ZoneOffset.UTC);
        }
    }

    /// @param from       null for 30 days before `to`
    /// @param to         null for now
    /// @param department null for all that the caller may see
    /// @throws ProblemException 400 for a period that is not one, 404 for a department out of sight
    public Selection select(@Nullable Instant from, @Nullable Instant to, @Nullable UUID department) {
        Instant end = to == null ? clock.instant().truncatedTo(ChronoUnit.MILLIS) : to;
        Instant start = from == null ? end.minus(DEFAULT_DAYS, ChronoUnit.DAYS) : from;
        if (!start.isBefore(end)) {
            throw ProblemException.invalid("from", "The period must begin before it ends.");
        }
        if (ChronoUnit.DAYS.between(start, end) > LONGEST_DAYS) {
            throw ProblemException.invalid("from", "The period must not be longer than two years.");
        }
        if (department != null) {
            user.requireDepartment(department, "department");
            return new Selection(start, end, Set.of(department));
        }
        return new Selection(start, end, user.allDepartments() ? null : user.departments());
    }
}
