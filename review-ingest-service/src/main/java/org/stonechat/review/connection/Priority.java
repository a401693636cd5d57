package org.stonechat.review.connection;

/// The priority a criterion gives to a ticket.
public enum Priority {
    LOW,
    NORMAL,
    HIGH,
    URGENT
}
