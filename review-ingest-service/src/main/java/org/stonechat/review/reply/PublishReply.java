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
import org.stonechat.review.connector.PlatformReply;

/// Puts an answer under its review.
///
/// A platform may mail the author with every answer it takes, so nothing is sent a second time on a guess:
/// from the second attempt on, and whenever an earlier one ended in doubt, the review is read first.
@ApplicationScoped
class PublishReply implements WorkHandler {

    static final String KIND = "publish-reply";

    private final Replies replies;
    private final PlatformHost host;
    private final ConnectionUseCases connections;
    private final ReplyConfig config;

    PublishReply(Replies replies, PlatformHost host, ConnectionUseCases connections, ReplyConfig config) {
        this.replies = replies;
        this.host = host;
        this.connections = connections;
        this.config = config;
    }

    record Payload(UUID replyId, boolean again) {}

    /// The platform gave no clear answer: the work ends in doubt, which is what an exception means to its
    /// worker.
    private static final class InDoubt extends RuntimeException {
        InDoubt(ConnectorFailure cause) {
            super(cause.getMessage(), cause);
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int maxAttempts() {
        return config.attempts();
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(60);
    }

    @Override
    public Outcome perform(WorkItem item) {
        Payload payload = item.payloadAs(Payload.class);
        UUID replyId = payload.replyId();
        Replies.Order order = replies.order(replyId);
        if (order == null) {
            return Outcome.done();
        }
        if (order.connection().refused()) {
            // Its credentials are not accepted: nothing is tried until somebody has mended that.
            return Outcome.retry("The connection's credentials are not accepted.", config.whileRefused());
        }
        if (item.inDoubt() || item.attempt() > 1 || payload.again()) {
            PlatformReply standing;
            try {
                standing = host.call(
                        order.connection(),
                        (connector, access) -> connector
                                .get(access, order.externalId())
                                .review()
                                .shownReply());
            } catch (ConnectorFailure failure) {
                // Reading changes nothing, so what was in doubt before is in doubt still, and what was not is not.
                return outcome(order, failure);
            }
            if (standing != null) {
                return standing.says(order.text())
                        ? Outcome.done(() -> replies.published(replyId))
                        : failed(
                                order,
                                ReplyRefusal.ALREADY_ANSWERED.name(),
                                "The review was answered on the platform itself already.");
            }
        }
        try {
            host.call(order.connection(), (connector, access) -> {
                connector.putReply(access, order.externalId(), order.text(), order.mailCopy());
                return order;
            });
        } catch (ConnectorFailure failure) {
            if (failure.kind() == ConnectorFailure.Kind.TRANSIENT) {
                throw new InDoubt(failure);
            }
            return outcome(order, failure);
        }
        return Outcome.done(() -> replies.published(replyId));
    }

    @Override
    public void onExhausted(WorkItem item, String reason) {
        replies.failed(item.payloadAs(Payload.class).replyId(), ConnectorFailure.Kind.TRANSIENT.name(), reason);
    }

    private Outcome outcome(Replies.Order order, ConnectorFailure failure) {
        return switch (failure.kind()) {
            case AUTH -> {
                connections.fails(order.connection().id(), order.connection().version(), failure);
                yield Outcome.retry(failure.getMessage());
            }
            case RATE_LIMITED -> Outcome.retry(failure.getMessage(), failure.retryAfter());
            case TRANSIENT -> Outcome.retry(failure.getMessage());
            case FORBIDDEN, NOT_FOUND, VALIDATION, UNSUPPORTED ->
                failed(order, failure.kind().name(), failure.getMessage());
        };
    }

    private Outcome failed(Replies.Order order, String code, String detail) {
        return Outcome.failed(detail, () -> replies.failed(order.replyId(), code, detail));
    }
}
