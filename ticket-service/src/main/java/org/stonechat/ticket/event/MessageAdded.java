package org.stonechat.ticket.event;

import org.stonechat.kit.event.DomainEvent;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// The conversation got another entry.
public record MessageAdded(Data data, MessageText personal) implements DomainEvent {

    public record Data(
            @JsonUnwrapped Standing ticket, @JsonUnwrapped MessageFacts message) {}
}
