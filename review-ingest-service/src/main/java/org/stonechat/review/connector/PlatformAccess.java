package org.stonechat.review.connector;

import java.net.URI;
import java.util.List;
import java.util.Map;

/// What a connector needs for one call: where the platform is, a token that is good now, and what to look at.
///
/// @param channels       the sources to look at; empty for all
/// @param productReviews whether reviews of products are wanted too
/// @param settings       what else the platform wants to know, and is no secret
public record PlatformAccess(
        URI baseUrl, String token, List<String> channels, boolean productReviews, Map<String, String> settings) {

    public PlatformAccess(URI baseUrl, String token, List<String> channels, boolean productReviews) {
        this(baseUrl, token, channels, productReviews, Map.of());
    }

    @Override
    public String toString() {
        return "PlatformAccess[" + baseUrl + "]";
    }
}
