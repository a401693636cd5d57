package org.stonechat.ticket.event;

import java.util.UUID;

import org.stonechat.kit.event.DomainEvent;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// The ticket is another customer's than was thought.
public record RequesterChanged(Data data, Personal personal) implements DomainEvent {

    /// @param from the contact it was, as an id
    /// @param to   the contact it is
    public record Data(@JsonUnwrapped Standing ticket, UUID from, UUID to) {}

    /// @param requester the one it is
    public record Personal(Correspondent requester) {}
}
