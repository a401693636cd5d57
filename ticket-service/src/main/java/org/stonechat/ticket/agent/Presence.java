package org.stonechat.ticket.agent;

/// Whether somebody is there to work.
public enum Presence {
    ONLINE,
    AWAY,
    OFFLINE
}
