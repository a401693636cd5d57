package org.stonechat.review.intake;

/// What became of something that a platform handed over.
public enum LedgerState {
    /// Stored, and a ticket was asked for.
    ROUTED,
    /// Stored, and there is a ticket.
    TICKETED,
    /// Stored, and no criterion wanted a ticket.
    NOT_TICKETED,
    /// Not readable, or the ticket was refused.
    FAILED
}
