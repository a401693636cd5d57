package org.stonechat.review.review;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;
import org.stonechat.review.connector.Platform;
import org.stonechat.review.connector.ReplyLimit;
import org.stonechat.review.connector.ReviewKind;
import org.stonechat.review.connector.ReviewState;
import org.stonechat.review.connector.SubRating;

/// "Make a ticket of this": all that the ticket service needs for it.
public record ReviewRouted(Data data, ReviewPerson personal) implements DomainEvent {

    public record Data(
            UUID reviewId,
            UUID connectionId,
            UUID criterionId,
            String criterionName,
            UUID departmentId,
            @Nullable UUID teamId,
            @Nullable UUID queueId,
            String priority,
            List<String> tags,
            Platform platform,
            String externalId,
            @Nullable String sourceRef,
            ReviewKind kind,
            @Nullable Integer stars,
            @Nullable BigDecimal rating,
            List<SubRating> subRatings,
            ReviewState state,
            String rawState,
            @Nullable String language,
            @Nullable String productSku,
            @Nullable String productName,
            Instant reviewedAt,
            Instant updatedAt,
            int revision,
            @Nullable String inboxUrl,
            @Nullable ReplyLimit replyMaxLength,
            boolean canReply,
            boolean canMailCopy) {}
}
