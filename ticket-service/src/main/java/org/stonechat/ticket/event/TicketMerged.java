package org.stonechat.ticket.event;

import java.util.Map;
import java.util.UUID;

import org.stonechat.kit.event.DomainEvent;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// One ticket became an alias of another. Published under the keys of both; the standing facts are those of
/// the key's.
public record TicketMerged(Data data) implements DomainEvent {

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
