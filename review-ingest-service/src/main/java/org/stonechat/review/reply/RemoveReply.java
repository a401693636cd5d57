package org.stonechat.review.reply;

import java.time.Duration;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkHandler;
import org.stonechat.kit.work.WorkItem;
import org.stonechat.review.connection.ConnectionUseCases;
import org.stonechat.review.connection.PlatformHost;
import org.stonechat.review.connector.ConnectorFailure;

/// Takes an answer back from its platform. Doing it twice does no harm, so nothing has to be read before.
@ApplicationScoped
class RemoveReply implements WorkHandler {

    static final String KIND = "remove-reply";

    private final Replies replies;
    private final PlatformHost host;
    private final ConnectionUseCases connections;

    RemoveReply(Replies replies, PlatformHost host, ConnectionUseCases connections) {
        this.replies = replies;
        this.host = host;
        this.connections = connections;
    }

    record Payload(UUID reviewId) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(60);
    }

    @Override
    public Outcome perform(WorkItem item) {
        UUID reviewId = item.payloadAs(Payload.class).reviewId();
        Replies.Removal removal = replies.removal(reviewId);
        if (removal == null) {
            return Outcome.done();
        }
        try {
            host.call(removal.connection(), (connector, access) -> {
                connector.deleteReply(access, removal.externalId());
                return removal;
            });
        } catch (ConnectorFailure failure) {
            return switch (failure.kind()) {
                case RATE_LIMITED -> Outcome.retry(failure.getMessage(), failure.retryAfter());
                case TRANSIENT -> Outcome.retry(failure.getMessage());
                case AUTH -> {
                    connections.fails(
                            removal.connection().id(), removal.connection().version(), failure);
                    yield Outcome.failed(failure.getMessage(), () -> replies.stays(reviewId, failure.getMessage()));
                }
                case NOT_FOUND -> Outcome.done(() -> replies.removed(reviewId));
                case FORBIDDEN, VALIDATION, UNSUPPORTED ->
                    Outcome.failed(failure.getMessage(), () -> replies.stays(reviewId, failure.getMessage()));
            };
        }
        return Outcome.done(() -> replies.removed(reviewId));
    }

    @Override
    public void onExhausted(WorkItem item, String reason) {
        replies.stays(item.payloadAs(Payload.class).reviewId(), reason);
    }
}
