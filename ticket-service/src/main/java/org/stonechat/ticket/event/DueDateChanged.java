package org.stonechat.ticket.event;

import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// The ticket is expected to be done at another time.
public record DueDateChanged(Data data) implements DomainEvent {

    public record Data(
            @JsonUnwrapped Standing ticket,
            @Nullable Instant from,
            @Nullable Instant to) {}

    @Override
    public Map<String, Object> personal() {
        return Map.of();
    }
}
