package org.stonechat.review.connection;

import java.util.UUID;

/// Fired inside the transaction in which a connection was made, changed or found to work again.
///
/// @param otherReviews what is read of the platform has changed, not only what is done with it
public record ConnectionChanged(UUID connectionId, boolean otherReviews) {}
