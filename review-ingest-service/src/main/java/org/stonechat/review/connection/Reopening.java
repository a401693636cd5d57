package org.stonechat.review.connection;

/// What brings a review's ticket back.
public enum Reopening {
    /// The customer has changed the review.
    EDITED,
    /// The platform shows it no longer.
    WITHDRAWN,
    /// Somebody has answered it on the platform itself.
    ANSWERED_ELSEWHERE
}
