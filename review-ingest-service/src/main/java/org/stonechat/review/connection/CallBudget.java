package org.stonechat.review.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

import org.jspecify.annotations.Nullable;
import org.stonechat.review.connector.CallRate;
import org.stonechat.review.connector.ConnectorFailure;

/// Keeps within what a platform takes: of the calls within its window the oldest says when the next may be.
final class CallBudget {

    private final ArrayDeque<Instant> calls = new ArrayDeque<>();

    /// Takes one call from the budget.
    ///
    /// @param rate null where the platform has no limit
    /// @throws ConnectorFailure RATE_LIMITED, with the time until the next call, when there is none left
    synchronized void count(@Nullable CallRate rate, Instant now) {
        if (rate == null) {
            return;
        }
        Instant since = now.minus(rate.window());
        while (!calls.isEmpty() && !calls.peekFirst().isAfter(since)) {
            calls.removeFirst();
        }
        if (calls.size() >= rate.calls()) {
            throw ConnectorFailure.rateLimited(
                    "The platform takes %d calls in %s".formatted(rate.calls(), rate.window()),
                    Duration.between(since, calls.getFirst()));
        }
        calls.addLast(now);
    }
}
