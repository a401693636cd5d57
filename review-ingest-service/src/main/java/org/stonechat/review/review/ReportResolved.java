package org.stonechat.review.review;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;

/// A report has come to its end.
public record ReportResolved(Data data, Personal personal) implements DomainEvent {

    /// @param outcome UPHELD, DECLINED, FAILED (the platform did not take it) or UNKNOWN (it never said)
    /// @param detail  one sentence for the agent, or null
    public record Data(
            UUID reviewId,
            @Nullable UUID ticketId,
            UUID reportId,
            String reason,
            String outcome,
            @Nullable String detail,
            Instant resolvedAt) {}

    public record Personal() {}
}
