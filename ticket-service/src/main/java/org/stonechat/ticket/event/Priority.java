package org.stonechat.ticket.event;

/// How much a ticket matters.
public enum Priority {
    LOW,
    NORMAL,
    HIGH,
    URGENT
}
