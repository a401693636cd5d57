package org.stonechat.ticket.event;

/// The one deliverer of a message.
public enum DeliverVia {
    MAIL,
    REVIEW,
    CHANNEL,
    PORTAL
}
