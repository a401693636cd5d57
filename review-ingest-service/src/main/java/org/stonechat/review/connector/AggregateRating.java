package org.stonechat.review.connector;

import java.math.BigDecimal;
import java.util.Map;

/// What a channel's reviews come to, by the platform's own reckoning.
///
/// @param period       the platform's word, such as `30days` or `overall`
/// @param distribution how many reviews there are by stars
public record AggregateRating(String period, BigDecimal rating, long count, Map<Integer, Long> distribution) {

    public AggregateRating {
        distribution = Map.copyOf(distribution);
    }
}
