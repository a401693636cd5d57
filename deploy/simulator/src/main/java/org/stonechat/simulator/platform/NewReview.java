package org.stonechat.simulator.platform;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/// What a customer leaves at the platform; everything has a default but the stars.
///
/// @param stars      1 to 5, decimals allowed; null for a statement without a rating
/// @param ratings    separate ratings by the name of the question, such as `delivery`
/// @param order      the order reference
/// @param type       SERVICE_REVIEW or PRODUCT_REVIEW
/// @param state      APPROVED, MODERATION, REJECTED, SUBMITTED or DISCARDED
/// @param locale     such as `de_DE`
/// @param submittedAt the present moment unless given
public record NewReview(
        @Nullable String id,
        @Nullable BigDecimal stars,
        @Nullable String title,
        @Nullable String comment,
        @Nullable String author,
        @Nullable String email,
        @Nullable String order,
        @Nullable String type,
        @Nullable String channel,
        @Nullable String state,
        @Nullable String locale,
        @Nullable String sku,
        @Nullable String productName,
        @Nullable Map<String, BigDecimal> ratings,
        @Nullable Instant submittedAt) {}
