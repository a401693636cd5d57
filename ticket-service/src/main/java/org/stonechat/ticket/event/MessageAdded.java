package org.stonechat.ticket.event;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.stonechat.kit.event.DomainEvent;

/// The conversation got another entry.
public record MessageAdded(Data data, MessageText personal) implements DomainEvent {

    public record Data(@JsonUnwrapped Standing ticket, @JsonUnwrapped MessageFacts message) {}
}
