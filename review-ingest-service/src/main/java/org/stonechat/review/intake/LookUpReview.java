package org.stonechat.review.intake;

import java.time.Duration;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkHandler;
import org.stonechat.kit.work.WorkItem;
import org.stonechat.review.connection.PlatformHost;
import org.stonechat.review.connection.ReviewConnection;
import org.stonechat.review.connector.ConnectorFailure;
import org.stonechat.review.connector.FetchedItem;

/// Reads one review for itself. It waits its turn behind whatever is being done to that review, so that what
/// it reads is later than what is known.
@ApplicationScoped
class LookUpReview implements WorkHandler {

    static final String KIND = "look-up-review";

    private final LookUps lookUps;
    private final PlatformHost host;

    LookUpReview(LookUps lookUps, PlatformHost host) {
        this.lookUps = lookUps;
        this.host = host;
    }

    record Payload(UUID reviewId) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int concurrency() {
        return 2;
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(60);
    }

    @Override
    public Outcome perform(WorkItem item) {
        UUID reviewId = item.payloadAs(Payload.class).reviewId();
        LookUps.Target target = lookUps.target(reviewId);
        if (target == null) {
            return Outcome.done();
        }
        ReviewConnection connection = target.connection();
        FetchedItem.Readable found;
        try {
            found = host.call(connection, (connector, access) -> connector.get(access, target.externalId()));
        } catch (ConnectorFailure failure) {
            return switch (failure.kind()) {
                case NOT_FOUND -> Outcome.done(() -> lookUps.gone(target, reviewId));
                case RATE_LIMITED -> Outcome.retry(failure.getMessage(), failure.retryAfter());
                case TRANSIENT -> Outcome.retry(failure.getMessage());
                // The connection says what is wrong with it; the next walk through everything asks again.
                case AUTH, FORBIDDEN, VALIDATION, UNSUPPORTED -> Outcome.failed(failure.getMessage());
            };
        }
        return Outcome.done(() -> lookUps.found(target, found));
    }
}
