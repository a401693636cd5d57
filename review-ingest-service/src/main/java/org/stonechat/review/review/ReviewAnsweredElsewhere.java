package org.stonechat.review.review;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;

/// Somebody answered the review, or changed the answer, on the platform itself.
public record ReviewAnsweredElsewhere(Data data, Personal personal) implements DomainEvent {

    public record Data(
            UUID reviewId,
            @Nullable UUID ticketId,
            @Nullable Instant answeredAt,
            boolean reopen,
            @Nullable String where) {}

    public record Personal(String text) {}
}
