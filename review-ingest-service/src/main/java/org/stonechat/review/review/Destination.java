package org.stonechat.review.review;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// Where a review's ticket goes, and how.
///
/// @param criterion     the name of the criterion that decided
/// @param criterionId   stays the same for as long as connection and name do
public record Destination(
        UUID criterionId,
        String criterion,
        UUID departmentId,
        @Nullable UUID teamId,
        @Nullable UUID queueId,
        String priority,
        List<String> tags) {

    public Destination {
        tags = List.copyOf(tags);
    }
}
