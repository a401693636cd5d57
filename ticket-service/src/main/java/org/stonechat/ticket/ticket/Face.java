package org.stonechat.ticket.ticket;

/// How a customer rated an answer.
public enum Face {
    SATISFIED,
    OKAY,
    DISSATISFIED
}
