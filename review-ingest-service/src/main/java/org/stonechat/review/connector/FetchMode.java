package org.stonechat.review.connector;

/// Which reviews a walk through a platform's list is after.
public enum FetchMode {
    /// Submitted since a moment.
    NEW,
    /// Changed since a moment; the host stops at the first page that lies wholly before it.
    CHANGED,
    /// Everything the platform still shows.
    FULL
}
