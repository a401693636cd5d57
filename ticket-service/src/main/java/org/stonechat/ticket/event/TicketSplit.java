package org.stonechat.ticket.event;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.stonechat.kit.event.DomainEvent;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// Messages of one ticket were copied into a new one. Published under the keys of both; the standing facts
/// are those of the key's.
public record TicketSplit(Data data) implements DomainEvent {

    /// @param messageIds the original messages, in their order
    public record Data(
            @JsonUnwrapped Standing ticket,
            UUID originId,
            long originNumber,
            UUID newTicketId,
            long newNumber,
            List<UUID> messageIds) {}

    @Override
    public Map<String, Object> personal() {
        return Map.of();
    }
}
