package org.stonechat.ticket.event;

import java.util.Map;

import org.stonechat.kit.event.DomainEvent;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// The priority went up or down.
public record PriorityChanged(Data data) implements DomainEvent {

    public record Data(@JsonUnwrapped Standing ticket, Priority from, Priority to) {}

    @Override
    public Map<String, Object> personal() {
        return Map.of();
    }
}
