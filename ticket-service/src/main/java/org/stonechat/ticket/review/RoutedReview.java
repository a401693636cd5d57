package org.stonechat.ticket.review;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.event.Priority;
import org.stonechat.ticket.ticket.ReviewFacts;

import com.fasterxml.jackson.databind.JsonNode;

/// What this service reads of `ReviewRouted`, `ReviewRevised` and `ReviewWithdrawn`.
record RoutedReview(Data data, Personal personal) {

    record Data(
            UUID reviewId,
            @Nullable UUID connectionId,
            UUID departmentId,
            String platform,
            @Nullable String externalId,
            @Nullable String sourceRef,
            String kind,
            @Nullable Integer stars,
            @Nullable BigDecimal rating,
            @Nullable JsonNode subRatings,
            @Nullable String language,
            @Nullable String productSku,
            @Nullable Instant reviewedAt,
            int revision,
            @Nullable String inboxUrl,
            @Nullable UUID teamId,
            @Nullable UUID queueId,
            @Nullable Priority priority,
            @Nullable List<String> tags,
            @Nullable Boolean canReply,
            @Nullable Boolean reopen,
            @Nullable String rawState,
            boolean canMailCopy,
            @Nullable ReplyMaxLength replyMaxLength) {}

    record ReplyMaxLength(int value, String unit) {}

    record Personal(
            @Nullable String title,
            @Nullable String body,
            @Nullable String authorName,
            @Nullable String authorEmail,
            @Nullable String orderReference) {}

    ReviewFacts facts() {
        return new ReviewFacts(
                data.reviewId(),
                data.connectionId(),
                data.platform(),
                data.externalId(),
                data.sourceRef(),
                data.kind(),
                data.stars(),
                data.rating(),
                personal.title(),
                personal.body(),
                personal.authorName(),
                personal.authorEmail(),
                personal.orderReference(),
                data.productSku(),
                data.subRatings() == null || data.subRatings().isNull()
                        ? null
                        : data.subRatings().toString(),
                data.reviewedAt(),
                data.revision(),
                data.inboxUrl(),
                Boolean.TRUE.equals(data.canReply()),
                data.canMailCopy(),
                data.replyMaxLength() == null ? null : data.replyMaxLength().value(),
                data.replyMaxLength() == null ? null : data.replyMaxLength().unit());
    }
}
