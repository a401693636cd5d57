package org.stonechat.review.review;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;

/// The platform has taken a report of the review.
public record ReviewReported(Data data, Personal personal) implements DomainEvent {

    /// @param reason one of the platform's words
    /// @param caseId what the platform calls the case
    public record Data(
            UUID reviewId,
            @Nullable UUID ticketId,
            UUID reportId,
            String reason,
            @Nullable String caseId,
            Instant reportedAt) {}

    public record Personal(String description) {}
}
