package org.stonechat.ticket.event;

import java.util.List;
import java.util.Map;

import org.stonechat.kit.event.DomainEvent;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// The tags are others now.
public record TagsChanged(Data data) implements DomainEvent {

    public record Data(@JsonUnwrapped Standing ticket, List<String> from, List<String> to) {}

    @Override
    public Map<String, Object> personal() {
        return Map.of();
    }
}
