package org.stonechat.review.review;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;

/// The public answer no longer stands under the review.
public record ReviewReplyRemoved(Data data, Personal personal) implements DomainEvent {

    /// @param messageId the ticket's message, when the answer was one
    /// @param elsewhere it was not taken back from here
    public record Data(
            UUID reviewId,
            @Nullable UUID ticketId,
            @Nullable UUID messageId,
            Instant removedAt,
            boolean elsewhere) {}

    public record Personal() {}
}
