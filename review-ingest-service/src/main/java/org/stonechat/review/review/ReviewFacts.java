package org.stonechat.review.review;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.review.connector.Platform;
import org.stonechat.review.connector.ReviewKind;
import org.stonechat.review.connector.ReviewState;
import org.stonechat.review.connector.SubRating;

/// The `data` of an event that tells what a review looks like.
record ReviewFacts(
        UUID reviewId,
        UUID connectionId,
        UUID departmentId,
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
        @Nullable String inboxUrl) {}
