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
    REVIEW_REPLY
}
