package org.stonechat.review.review;

import org.jspecify.annotations.Nullable;

/// The `personal` of an event that tells what a review looks like.
record ReviewPerson(
        @Nullable String title,
        @Nullable String body,
        @Nullable String authorName,
        @Nullable String authorEmail,
        @Nullable String orderReference) {}
