package org.stonechat.ticket.event;

/// What an entry of a conversation is.
public enum MessageKind {
    CUSTOMER,
    PUBLIC_REPLY,
    /// Seen by those who work here alone.
    COMMENT,
    FORWARD,
    /// Written by the system.
    NOTE
}
