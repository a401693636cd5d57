package org.stonechat.rating.request;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;

/// A lead lets the rating count in published figures again.
record RatingShown(Data data) implements DomainEvent {

    record Data(
            UUID ratingId,
            UUID requestId,
            UUID ticketId,
            UUID departmentId,
            @Nullable UUID teamId,
            @Nullable UUID assigneeId,
            @Nullable UUID contactId,
            Instant shownAt) {}

    @Override
    public Map<String, Object> personal() {
        return Map.of();
    }
}
