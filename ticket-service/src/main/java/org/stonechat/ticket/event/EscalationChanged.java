package org.stonechat.ticket.event;

import java.util.Map;

import org.stonechat.kit.event.DomainEvent;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// The mark of urgency was set or taken away.
public record EscalationChanged(Data data) implements DomainEvent {

    public record Data(@JsonUnwrapped Standing ticket, Boolean from, Boolean to) {}

    @Override
    public Map<String, Object> personal() {
        return Map.of();
    }
}
