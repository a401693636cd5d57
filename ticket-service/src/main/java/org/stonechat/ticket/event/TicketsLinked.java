package org.stonechat.ticket.event;

import java.util.Map;
import java.util.UUID;

import org.stonechat.kit.event.DomainEvent;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// Two tickets belong together; told of each of them.
public record TicketsLinked(Data data) implements DomainEvent {

    public record Data(@JsonUnwrapped Standing ticket, UUID otherTicketId, long otherNumber) {}

    @Override
    public Map<String, Object> personal() {
        return Map.of();
    }
}
