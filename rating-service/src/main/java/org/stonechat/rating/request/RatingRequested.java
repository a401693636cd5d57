package org.stonechat.rating.request;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;

/// A customer is asked; the mail is written, somebody else sends it.
record RatingRequested(Data data, Personal personal) implements DomainEvent {

    record Data(
            UUID ratingId,
            UUID requestId,
            UUID ticketId,
            UUID departmentId,
            @Nullable UUID teamId,
            @Nullable UUID assigneeId,
            @Nullable UUID contactId,
            String language,
            Instant requestedAt,
            Instant expiresAt) {}

    record Recipient(@Nullable String name, String address) {}

    record Personal(Recipient recipient, String subject, String html, String text) {}
}
