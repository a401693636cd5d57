package org.stonechat.analytics.review;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.analytics.report.Freshness;
import org.stonechat.kit.inbox.EventConsumer;
import org.stonechat.kit.inbox.ReceivedEvent;

/// Keeps one row per review: its stars, and when it was answered, by us or in the platform's own inbox.
@ApplicationScoped
class ReviewEvents implements EventConsumer {

    private final DataSource dataSource;
    private final Freshness freshness;

    ReviewEvents(DataSource dataSource, Freshness freshness) {
        this.dataSource = dataSource;
        this.freshness = freshness;
    }

    @Override
    public String topic() {
        return "reviews";
    }

    @Override
    public boolean rebuildable() {
        return true;
    }

    @Override
    public void reset() {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("delete from review_fact");
            freshness.forget(connection, topic());
        } catch (SQLException failure) {
            throw new IllegalStateException("the projection of " + topic() + " could not be emptied", failure);
        }
    }

    record Review(
            UUID reviewId,
            UUID departmentId,
            String platform,
            String kind,
            @Nullable Integer stars,
            @Nullable BigDecimal rating,
            @Nullable Instant reviewedAt) {}

    @Override
    public void handle(ReceivedEvent event) {
        try (Connection connection = dataSource.getConnection()) {
            switch (event.type()) {
                case "ReviewImported", "ReviewRevised" -> store(connection, event, event.dataAs(Review.class));
                case "ReviewReplied" -> answered(connection, event, event.time().atOffset(ZoneOffset.UTC));
                case "ReviewAnsweredElsewhere" -> answeredElsewhere(connection, event);
                case "ReviewReplyRemoved" -> removed(connection, event);
                default -> {
                    // Routing, reports and failures are not counted here.
                }
            }
            freshness.note(connection, topic(), List.of(event));
        } catch (SQLException failure) {
            throw new IllegalStateException("a review event could not be projected", failure);
        }
    }

    private static void store(Connection connection, ReceivedEvent event, Review review) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("""
                        insert into review_fact (review_id, department_id, platform, kind, stars, rating, reviewed_at)
                        values (?, ?, ?, ?, ?, ?, ?)
                        on conflict (review_id) do update set
                          department_id = excluded.department_id, stars = excluded.stars, rating = excluded.rating
                        """)) {
            Instant reviewedAt = review.reviewedAt() == null ? event.time() : review.reviewedAt();
            upsert.setObject(1, event.subject());
            upsert.setObject(2, review.departmentId());
            upsert.setString(3, review.platform());
            upsert.setString(4, review.kind());
            upsert.setObject(5, review.stars());
            upsert.setBigDecimal(6, review.rating());
            upsert.setObject(7, reviewedAt.atOffset(ZoneOffset.UTC));
            upsert.executeUpdate();
        }
    }

    record Elsewhere(@Nullable Instant answeredAt) {}

    private static void answeredElsewhere(Connection connection, ReceivedEvent event) throws SQLException {
        Instant answeredAt = event.dataAs(Elsewhere.class).answeredAt();
        try (PreparedStatement update =
                connection.prepareStatement("update review_fact set answered_elsewhere_at = ? where review_id = ?")) {
            update.setObject(1, (answeredAt == null ? event.time() : answeredAt).atOffset(ZoneOffset.UTC));
            update.setObject(2, event.subject());
            update.executeUpdate();
        }
    }

    /// The review stands without an answer, whoever wrote it.
    private static void removed(Connection connection, ReceivedEvent event) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update review_fact set answered_at = null, answered_elsewhere_at = null where review_id = ?")) {
            update.setObject(1, event.subject());
            update.executeUpdate();
        }
    }

    private static void answered(Connection connection, ReceivedEvent event, OffsetDateTime at) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update review_fact set answered_at = ? where review_id = ?")) {
            update.setObject(1, at);
            update.setObject(2, event.subject());
            update.executeUpdate();
        }
    }
}
