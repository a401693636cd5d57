package org.stonechat.analytics.rating;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.analytics.report.Freshness;
import org.stonechat.kit.inbox.EventConsumer;
import org.stonechat.kit.inbox.ReceivedEvent;

/// Keeps one row per request: when it was sent, and which face came back.
@ApplicationScoped
class RatingEvents implements EventConsumer {

    private final DataSource dataSource;
    private final Freshness freshness;

    RatingEvents(DataSource dataSource, Freshness freshness) {
        this.dataSource = dataSource;
        this.freshness = freshness;
    }

    @Override
    public String topic() {
        return "ratings";
    }

    @Override
    public boolean rebuildable() {
        return true;
    }

    @Override
    public void reset() {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("delete from rating_fact");
            freshness.forget(connection, topic());
        } catch (SQLException failure) {
            throw new IllegalStateException("the projection of " + topic() + " could not be emptied", failure);
        }
    }

    record Rating(
            UUID ticketId,
            UUID departmentId,
            @Nullable UUID teamId,
            @Nullable UUID assigneeId,
            @Nullable String face,
            @Nullable Boolean internalOnly) {}

    @Override
    public void handle(ReceivedEvent event) {
        try (Connection connection = dataSource.getConnection()) {
            switch (event.type()) {
                case "RatingRequested" -> store(connection, event, "requested_at");
                case "RatingGiven" -> {
                    store(connection, event, "given_at");
                    face(connection, event);
                }
                case "RatingChanged" -> face(connection, event);
                case "RatingRequestCancelled" -> cancelled(connection, event);
                case "RatingHidden" -> hidden(connection, event, true);
                case "RatingShown" -> hidden(connection, event, false);
                default -> {
                    // Nothing else about ratings is counted.
                }
            }
            freshness.note(connection, topic(), List.of(event));
        } catch (SQLException failure) {
            throw new IllegalStateException("a rating event could not be projected", failure);
        }
    }

    /// @param moment the column that the event's time goes into; never anything from outside
    private static void store(Connection connection, ReceivedEvent event, String moment) throws SQLException {
        Rating rating = event.dataAs(Rating.class);
        try (PreparedStatement upsert = connection.prepareStatement("""
                        insert into rating_fact (rating_id, ticket_id, department_id, team_id, agent_id, %1$s)
                        values (?, ?, ?, ?, ?, ?)
                        on conflict (rating_id) do update set
                          department_id = excluded.department_id, team_id = excluded.team_id,
                          agent_id = coalesce(excluded.agent_id, rating_fact.agent_id), %1$s = excluded.%1$s
                        """.formatted(moment))) {
            upsert.setObject(1, event.subject());
            upsert.setObject(2, rating.ticketId());
            upsert.setObject(3, rating.departmentId());
            upsert.setObject(4, rating.teamId());
            upsert.setObject(5, rating.assigneeId());
            upsert.setObject(6, event.time().atOffset(ZoneOffset.UTC));
            upsert.executeUpdate();
        }
    }

    private static void face(Connection connection, ReceivedEvent event) throws SQLException {
        Rating rating = event.dataAs(Rating.class);
        try (PreparedStatement update =
                connection.prepareStatement("update rating_fact set face = ?, internal_only = ? where rating_id = ?")) {
            update.setString(1, rating.face());
            update.setBoolean(2, Boolean.TRUE.equals(rating.internalOnly()));
            update.setObject(3, event.subject());
            update.executeUpdate();
        }
    }

    private static void cancelled(Connection connection, ReceivedEvent event) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update rating_fact set cancelled_at = ? where rating_id = ?")) {
            update.setObject(1, event.time().atOffset(ZoneOffset.UTC));
            update.setObject(2, event.subject());
            update.executeUpdate();
        }
    }

    private static void hidden(Connection connection, ReceivedEvent event, boolean hidden) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update rating_fact set internal_only = ? where rating_id = ?")) {
            update.setBoolean(1, hidden);
            update.setObject(2, event.subject());
            update.executeUpdate();
        }
    }
}
