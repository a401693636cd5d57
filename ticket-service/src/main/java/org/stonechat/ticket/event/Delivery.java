package org.stonechat.ticket.event;

/// What became of a message on its way out.
public enum Delivery {
    /// It goes nowhere: what a customer wrote, a comment, a note.
    NONE,
    /// Written and kept, published nowhere.
    DRAFT,
    /// Written, and it can still be withdrawn: it goes out later, by itself.
    SCHEDULED,
    QUEUED,
    /// The customer's mail server took it.
    SENT,
    /// It stands on the review platform, or in the portal.
    PUBLISHED,
    FAILED,
    /// Its author took it back in time.
    WITHDRAWN,
    /// It came back to its author instead of going out: the customer wrote first, or it was no longer possible.
    HELD_BACK
}
