package org.stonechat.ticket.event;

/// What became of a message on its way out.
public enum Delivery {
    /// It goes nowhere: what a customer wrote, a comment, a note.
    NONE,
    /// Written and kept, published nowhere.
    DRAFT,
    QUEUED,
    /// The customer's mail server took it.
    SENT,
    /// It stands on the review platform.
    PUBLISHED,
    FAILED,
    WITHDRAWN
}
