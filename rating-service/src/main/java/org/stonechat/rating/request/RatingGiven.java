package org.stonechat.rating.request;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;

/// The customer has chosen a face.
record RatingGiven(Data data, Personal personal) implements DomainEvent {

    record Data(
            UUID ratingId,
            UUID requestId,
            UUID ticketId,
            UUID departmentId,
            @Nullable UUID teamId,
            @Nullable UUID assigneeId,
            @Nullable UUID contactId,
            Face face,
            Instant givenAt,
            boolean internalOnly) {}

    record Personal(@Nullable String text) {}
}
