package org.stonechat.ticket.event;

import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// The ticket stands in another line of work, or in none.
public record QueueChanged(Data data) implements DomainEvent {

    public record Data(
            @JsonUnwrapped Standing ticket,
            @Nullable UUID from,
            @Nullable UUID to) {}

    @Override
    public Map<String, Object> personal() {
        return Map.of();
    }
}
