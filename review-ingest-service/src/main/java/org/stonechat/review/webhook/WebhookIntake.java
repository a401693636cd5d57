package org.stonechat.review.webhook;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.stonechat.kit.event.Actor;
import org.stonechat.kit.event.Cause;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.review.ReviewError;
import org.stonechat.review.connection.ReviewConnection;
import org.stonechat.review.connection.ReviewConnections;
import org.stonechat.review.connector.Connectors;
import org.stonechat.review.connector.FetchedItem;
import org.stonechat.review.intake.ReviewIntake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Takes in what a webhook brings, once: the sender's id is remembered in the same transaction.
@ApplicationScoped
class WebhookIntake {

    private final DataSource dataSource;
    private final ReviewConnections connections;
    private final Connectors connectors;
    private final ReviewIntake intake;
    private final Cause cause;
    private final WebhookConfig config;
    private final InstantSource clock;

    WebhookIntake(
            DataSource dataSource,
            ReviewConnections connections,
            Connectors connectors,
            ReviewIntake intake,
            Cause cause,
            WebhookConfig config,
            InstantSource clock) {
        this.dataSource = dataSource;
        this.connections = connections;
        this.connectors = connectors;
        this.intake = intake;
        this.cause = cause;
        this.config = config;
        this.clock = clock;
    }

    /// What became of it.
    enum Outcome {
        CREATED,
        CHANGED,
        /// There is nothing new about the review.
        UNCHANGED,
        /// It cannot be read; the ledger keeps it and says why.
        FAILED,
        /// It is about something else than reviews.
        IGNORED,
        /// It came before.
        REPEATED
    }

    /// @param envelope verified
    @Transactional
    Outcome take(UUID connectionId, String webhookId, JsonNode envelope) {
        ReviewConnection connection = connections.lock(connectionId);
        if (connection == null || connection.paused()) {
            throw new ProblemException(ReviewError.CONNECTION_PAUSED, "Send it again when the connection is resumed.");
        }
        if (!remember(connectionId, webhookId)) {
            return Outcome.REPEATED;
        }
        String type = envelope.path("type").asText("");
        if (!type.startsWith("review.") || !(envelope.path("data") instanceof ObjectNode given)) {
            return Outcome.IGNORED;
        }
        ObjectNode data = given.deepCopy();
        if (type.equals("review.withdrawn")) {
            data.put("state", "WITHDRAWN");
        }
        // An edit without a time of its own was made when the webhook says so.
        if (!data.hasNonNull("updatedAt") && envelope.hasNonNull("timestamp") && data.hasNonNull("submittedAt")) {
            data.set("updatedAt", envelope.path("timestamp"));
        }
        FetchedItem item = connectors.of(connection.platform()).translate(data.toString());
        cause.follow(Actor.SYSTEM, null, Uuid7.next());
        ReviewIntake.Taken taken = intake.take(connection, List.of(item));
        return taken.failed() > 0
                ? Outcome.FAILED
                : taken.created() > 0 ? Outcome.CREATED : taken.changed() > 0 ? Outcome.CHANGED : Outcome.UNCHANGED;
    }

    private boolean remember(UUID connectionId, String webhookId) {
        Instant now = clock.instant();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement purge = connection.prepareStatement(
                        "delete from webhook_delivery where connection_id = ? and received_at < ?");
                PreparedStatement insert = connection.prepareStatement(
                        "insert into webhook_delivery (connection_id, webhook_id, received_at) values (?, ?, ?)"
                                + " on conflict do nothing")) {
            purge.setObject(1, connectionId);
            purge.setObject(2, now.minus(config.remember()).atOffset(ZoneOffset.UTC));
            purge.executeUpdate();
            insert.setObject(1, connectionId);
            insert.setString(2, webhookId);
            insert.setObject(3, now.atOffset(ZoneOffset.UTC));
            return insert.executeUpdate() > 0;
        } catch (SQLException failure) {
            throw new IllegalStateException("a webhook's id could not be kept", failure);
        }
    }
}
