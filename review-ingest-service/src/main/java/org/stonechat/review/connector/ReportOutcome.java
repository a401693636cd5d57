package org.stonechat.review.connector;

/// What a platform made of a report.
public enum ReportOutcome {
    /// It has not decided.
    OPEN,
    /// The review was taken down.
    UPHELD,
    /// The review stays.
    DECLINED
}
