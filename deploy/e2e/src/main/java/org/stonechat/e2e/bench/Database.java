package org.stonechat.e2e.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Properties;

import org.stonechat.e2e.client.Disappointment;
import org.stonechat.launcher.Platform;

/// Connections to a service's database, as the service's own role.
record Database(Platform platform, String name) {

    interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    Connection open() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", name);
        properties.setProperty("password", platform.secrets().databasePassword(name));
        properties.setProperty("prepareThreshold", "1");
        properties.setProperty("ApplicationName", "bench");
        return DriverManager.getConnection(platform.jdbcUrl(name), properties);
    }

    <T> T use(Work<T> work) {
        try (Connection connection = open()) {
            return work.with(connection);
        } catch (SQLException e) {
            throw new Disappointment("the database " + name + " refused: " + e.getMessage(), e);
        }
    }

    long number(String sql, Object... parameters) {
        return use(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                    select.setObject(i + 1, parameters[i]);
                }
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
    }
}
