package org.stonechat.notification.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

/// Runs statements on the service's own database, inside the running transaction where there is one.
///
/// Values may be null, text, numbers, booleans, [UUID], [Instant], enums (by name), `byte[]`, and collections
/// of UUIDs or texts, which become PostgreSQL arrays. A failed statement throws [IllegalStateException] with
/// the [SQLException] as its cause, from which the kit tells whether trying again helps.
@ApplicationScoped
public class Database {

    private final DataSource dataSource;

    Database(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /// Makes an object of the current row.
    @FunctionalInterface
    public interface RowReader<T> {
        T read(Row row) throws SQLException;
    }

    /// @return how many rows it touched
    public int update(String sql, @Nullable Object... values) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, values);
            return statement.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("a statement failed: " + failure.getSQLState(), failure);
        }
    }

    public <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... values) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(connection, statement, values);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> found = new ArrayList<>();
                Row row = new Row(rows);
                while (rows.next()) {
                    found.add(reader.read(row));
                }
                return found;
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("a query failed: " + failure.getSQLState(), failure);
        }
    }

    /// The first row, if there is one.
    public <T> Optional<T> first(String sql, RowReader<T> reader, @Nullable Object... values) {
        return query(sql, reader, values).stream().findFirst();
    }

    private static void bind(Connection connection, PreparedStatement statement, @Nullable Object[] values)
            throws SQLException {
        for (int index = 0; index < values.length; index++) {
            Object value = values[index];
            int parameter = index + 1;
            switch (value) {
                case null -> statement.setObject(parameter, null);
                case Instant instant -> statement.setObject(parameter, instant.atOffset(ZoneOffset.UTC));
                case Enum<?> constant -> statement.setString(parameter, constant.name());
                case Collection<?> collection -> statement.setArray(parameter, array(connection, collection));
                default -> statement.setObject(parameter, value);
            }
        }
    }

    private static Array array(Connection connection, Collection<?> values) throws SQLException {
        boolean ids = !values.isEmpty() && values.stream().allMatch(UUID.class::isInstance);
        return connection.createArrayOf(ids ? "uuid" : "text", values.toArray());
    }
}
