package org.stonechat.ticket.event;

import java.util.Map;
import java.util.UUID;

import org.stonechat.kit.event.DomainEvent;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// A merge was undone: the alias is a ticket of its own again. Published under the keys of both; the standing
/// facts are those of the key's.
public record MergeUndone(Data data) implements DomainEvent {

    public record Data(
            @JsonUnwrapped Standing ticket,
            UUID survivorId,
            long survivorNumber,
            UUID mergedTicketId,
            long mergedNumber) {}

    @Override
    public Map<String, Object> personal() {
        return Map.of();
    }
}
