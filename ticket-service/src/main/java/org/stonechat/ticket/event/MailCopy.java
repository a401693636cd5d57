package org.stonechat.ticket.event;

/// What becomes of the copy by mail of an answer that was published.
public enum MailCopy {
    /// The platform mails its author; what comes of that only the platform knows.
    LEFT_TO_PLATFORM,
    QUEUED,
    /// The customer's mail server took it.
    SENT,
    FAILED;

    /// Nothing more is heard of it, unless somebody wants it tried again.
    public boolean settled() {
        return this == SENT || this == FAILED;
    }
}
