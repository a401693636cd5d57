package org.stonechat.ticket.ticket;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// What a ticket shows of the review it was made of.
///
/// @param sourceRef    the platform's channel, location or app
/// @param subRatings   a JSON array of the separate ratings
/// @param replyMaximum how long a reply may be, in `replyUnit`; null when the platform sets no limit
/// @param replyUnit    CHARACTERS, CODE_POINTS or BYTES
public record ReviewFacts(
        UUID reviewId,
        @Nullable UUID connectionId,
        String platform,
        @Nullable String externalId,
        @Nullable String sourceRef,
        String kind,
        @Nullable Integer stars,
        @Nullable BigDecimal rating,
        @Nullable String title,
        @Nullable String body,
        @Nullable String authorName,
        @Nullable String authorAddress,
        @Nullable String orderReference,
        @Nullable String productSku,
        @Nullable String subRatings,
        @Nullable Instant reviewedAt,
        int revision,
        @Nullable String inboxUrl,
        boolean canReply,
        boolean canMailCopy,
        @Nullable Integer replyMaximum,
        @Nullable String replyUnit) {}
