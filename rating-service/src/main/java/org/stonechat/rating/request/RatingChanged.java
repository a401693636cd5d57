package org.stonechat.rating.request;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;

/// The customer has thought better of it.
record RatingChanged(Data data, RatingGiven.Personal personal) implements DomainEvent {

    record Data(
            UUID ratingId,
            UUID requestId,
            UUID ticketId,
            UUID departmentId,
            @Nullable UUID teamId,
            @Nullable UUID assigneeId,
            @Nullable UUID contactId,
            Face previousFace,
            Face face,
            Instant givenAt,
            Instant changedAt,
            boolean internalOnly) {}
}
