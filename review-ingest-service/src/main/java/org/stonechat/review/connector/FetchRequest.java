package org.stonechat.review.connector;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/// One page of a walk.
///
/// @param since  how far back the walk goes; null means to the beginning
/// @param cursor [FetchedPage#next] of the page before, as it was; null for the first page
public record FetchRequest(
        FetchMode mode, @Nullable Instant since, @Nullable String cursor) {}
