package org.stonechat.ticket.event;

import org.stonechat.kit.event.DomainEvent;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// `MessageAdded` of a conversation that was taken over from elsewhere: nobody is told of it, and nobody
/// delivers it.
public record ImportedMessage(Data data, MessageText personal) implements DomainEvent {

    public record Data(
            @JsonUnwrapped Standing ticket, @JsonUnwrapped MessageFacts message, boolean imported) {}

    @Override
    public String type() {
        return MessageAdded.class.getSimpleName();
    }
}
