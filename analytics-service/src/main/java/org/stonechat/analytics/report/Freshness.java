package org.stonechat.analytics.report;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.inbox.ReceivedEvent;

/// How fresh the projections are: the time of the newest event that each topic has brought.
@ApplicationScoped
public class Freshness {

    private final DataSource dataSource;

    Freshness(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /// Notes the newest of these events, in their transaction.
    public void note(Connection connection, String topic, List<ReceivedEvent> events) throws SQLException {
        Instant newest = Instant.MIN;
        for (ReceivedEvent event : events) {
            newest = event.time().isAfter(newest) ? event.time() : newest;
        }
        try (PreparedStatement upsert = connection.prepareStatement(
                "insert into freshness as known (topic, newest_at) values (?, ?) on conflict (topic) do update"
                        + " set newest_at = greatest(known.newest_at, excluded.newest_at)")) {
            upsert.setString(1, topic);
            upsert.setObject(2, newest.atOffset(ZoneOffset.UTC));
            upsert.executeUpdate();
        }
    }

    public void forget(Connection connection, String topic) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from freshness where topic = ?")) {
            delete.setString(1, topic);
            delete.executeUpdate();
        }
    }

    /// The time of the newest event of the topic, or null when none has come.
    public @Nullable Instant asOf(String topic) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select newest_at from freshness where topic = ?")) {
            select.setString(1, topic);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getObject(1, OffsetDateTime.class).toInstant() : null;
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("the freshness of " + topic + " cannot be read", failure);
        }
    }
}
