package org.stonechat.review.connector;

import java.time.Duration;

/// @param lifetime as the platform said it, counted from when it was asked
public record AccessToken(String value, Duration lifetime) {

    @Override
    public String toString() {
        return "AccessToken[" + lifetime + "]";
    }
}
