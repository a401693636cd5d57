package org.stonechat.review.connector;

import org.jspecify.annotations.Nullable;

/// A case that the platform opened about a review.
public record Report(String caseId, @Nullable String ticket, String reason) {}
