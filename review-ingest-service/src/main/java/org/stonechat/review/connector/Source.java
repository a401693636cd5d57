package org.stonechat.review.connector;

import org.jspecify.annotations.Nullable;

/// Something reviews are about on a platform: a channel, a location, an app.
public record Source(
        String ref,
        String name,
        @Nullable String url,
        @Nullable String language) {}
