package org.stonechat.review.connector;

import java.net.URI;
import java.util.List;

/// What a connector needs for one call: where the platform is, a token that is good now, and what to look at.
///
/// @param channels       the sources to look at; empty for all
/// @param productReviews whether reviews of products are wanted too
public record PlatformAccess(URI baseUrl, String token, List<String> channels, boolean productReviews) {

    @Override
    public String toString() {
        return "PlatformAccess[" + baseUrl + "]";
    }
}
