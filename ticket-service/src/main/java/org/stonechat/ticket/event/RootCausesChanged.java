package org.stonechat.ticket.event;

import java.util.List;
import java.util.Map;

import org.stonechat.kit.event.DomainEvent;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// Others than before are held to be what the matter came from.
public record RootCausesChanged(Data data) implements DomainEvent {

    public record Data(@JsonUnwrapped Standing ticket, List<String> from, List<String> to) {}

    @Override
    public Map<String, Object> personal() {
        return Map.of();
    }
}
