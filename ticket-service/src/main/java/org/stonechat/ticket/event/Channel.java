package org.stonechat.ticket.event;

/// How a customer reached us.
public enum Channel {
    MAIL,
    REVIEW,
    PHONE,
    FORM,
    API,
    LETTER,
    MESSAGE
}
