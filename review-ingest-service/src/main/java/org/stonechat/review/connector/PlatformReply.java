package org.stonechat.review.connector;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/// The public answer that stands under a review.
///
/// @param rejected the platform has looked at it and does not show it
public record PlatformReply(String text, @Nullable Instant at, boolean rejected) {

    public PlatformReply(String text, @Nullable Instant at) {
        this(text, at, false);
    }

    /// Whether this is that text, apart from line ends and outer white space, which platforms tidy up.
    public boolean says(String other) {
        return tidy(text).equals(tidy(other));
    }

    private static String tidy(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n').strip();
    }
}
