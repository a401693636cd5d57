package org.stonechat.ticket.view;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.problem.ProblemException;
import org.stonechat.ticket.TicketError;

/// Reads what a page shows within a bound of time.
///
/// A filter that few tickets pass and no index answers has all of a list looked through. Whoever asks for such a
/// page is told so after [ViewConfig#pagePatience]; no connection is held for as long as it would take.
@ApplicationScoped
public class BoundedReading {

    /// PostgreSQL's error for a statement that was given up after its time.
    static final String TOOK_TOO_LONG = "57014";

    private final DataSource dataSource;
    private final ViewConfig config;

    BoundedReading(DataSource dataSource, ViewConfig config) {
        this.dataSource = dataSource;
        this.config = config;
    }

    /// What is read, by as many statements as it takes.
    public interface Work<T> {

        T read(Reader reader) throws SQLException;
    }

    /// @throws ProblemException 422 `list-too-slow`, which rolls back the transaction of the caller, if there is one
    public <T> T read(Work<T> work) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            // A bound on a statement's time holds for a transaction, the caller's or one for this alone.
            boolean alone = connection.getAutoCommit();
            if (alone) {
                connection.setAutoCommit(false);
            }
            try {
                T found = work.read(new Reader(connection, config.pagePatience()));
                if (!alone) {
                    bound(connection, "default");
                }
                return found;
            } catch (SQLException failure) {
                if (TOOK_TOO_LONG.equals(failure.getSQLState())) {
                    throw tooSlow();
                }
                throw failure;
            } finally {
                if (alone) {
                    connection.rollback();
                    connection.setAutoCommit(true);
                }
            }
        }
    }

    private static void bound(Connection connection, String time) throws SQLException {
        try (Statement bound = connection.createStatement()) {
            bound.execute("set local statement_timeout to " + time);
        }
    }

    private static ProblemException tooSlow() {
        return new ProblemException(
                TicketError.LIST_TOO_SLOW,
                "Too many tickets would have to be looked through for the few that fit. Ask for less: one department or"
                        + " open tickets alone, or also for a person, a team, a queue, a type or a tag; in a search for a"
                        + " rarer word.");
    }

    /// Statements that have what is left of the time.
    public static final class Reader {

        /// So much longer than what is left a statement may take; most pages need no second round trip for it.
        private static final long SLACK = Duration.ofMillis(100).toNanos();

        private final Connection connection;
        private final long end;
        private long bounded;

        private Reader(Connection connection, Duration patience) throws SQLException {
            this.connection = connection;
            this.end = System.nanoTime() + patience.toNanos();
            renew();
        }

        /// To be executed at once, because its time runs.
        ///
        /// @throws ProblemException 422 `list-too-slow` when there is no time left
        public PreparedStatement prepare(Sql sql) throws SQLException {
            if (System.nanoTime() - bounded > SLACK) {
                renew();
            }
            return sql.prepare(connection);
        }

        private void renew() throws SQLException {
            bounded = System.nanoTime();
            long left = Duration.ofNanos(end - bounded).toMillis();
            if (left < 1) {
                throw tooSlow();
            }
            bound(connection, Long.toString(left));
        }
    }
}
