package org.stonechat.review.review;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;

/// A ticket's answer stands under its review.
public record ReviewReplied(Data data, Personal personal) implements DomainEvent {

    /// @param where        an address where people see it, if one is known
    /// @param mailCopyOwed a copy by mail was wanted, and the platform cannot send it
    public record Data(
            UUID reviewId,
            UUID ticketId,
            UUID messageId,
            Instant publishedAt,
            @Nullable String where,
            boolean mailCopyOwed) {}

    /// The answer's text belongs to the message, which the ticket service keeps.
    public record Personal() {}
}
