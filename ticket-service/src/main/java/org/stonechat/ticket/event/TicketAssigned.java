package org.stonechat.ticket.event;

import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// A ticket went from one agent or team to another, or to nobody.
public record TicketAssigned(Data data) implements DomainEvent {

    public record Data(@JsonUnwrapped Standing ticket, Holder from, Holder to) {}

    /// Both null: nobody.
    public record Holder(@Nullable UUID agentId, @Nullable UUID teamId) {}

    @Override
    public Map<String, Object> personal() {
        return Map.of();
    }
}
