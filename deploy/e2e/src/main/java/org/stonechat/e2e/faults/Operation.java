package org.stonechat.e2e.faults;

/// What a client asks of the platform, each exactly once.
enum Operation {
    /// A ticket through the API.
    TICKET,
    /// An internal comment on a ticket.
    COMMENT,
    /// A public reply, which goes out by mail.
    REPLY,
    /// A public reply that solves the ticket, after which the customer is asked for a rating.
    SOLUTION,
    /// A customer's mail to the department's address.
    MAIL,
    /// A face chosen on the public page.
    RATING,
    /// A review left at the shop's platform.
    REVIEW,
    /// The public answer to a review.
    REVIEW_REPLY,
    /// One change on several tickets, as a job.
    BULK,
    /// Some tickets of another system, as lines; sent again, it belongs to the first sending.
    IMPORT,
    /// A ticket that becomes an alias of another.
    MERGE,
    /// That taken back.
    UNMERGE,
    /// A public reply that is about to be taken back.
    UNDO_REPLY,
    /// The taking back, which may come too late.
    WITHDRAWAL,
    /// A public reply that goes out at its time.
    SCHEDULED_REPLY,
    /// A customer's message on a messenger.
    CHANNEL_MESSAGE,
    /// A public reply that goes out to the messenger.
    CHANNEL_ANSWER,
    /// A file on a ticket.
    ATTACHMENT
}
