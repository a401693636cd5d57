package org.stonechat.ticket.event;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// A message got on in its delivery, or failed.
public record MessageDeliveryChanged(Data data) implements DomainEvent {

    /// @param reason why it failed; null otherwise
    /// @param where  the address of what was published
    public record Data(
            @JsonUnwrapped Standing ticket,
            UUID messageId,
            @Nullable DeliverVia deliverVia,
            Delivery from,
            Delivery to,
            @Nullable String reason,
            Instant at,
            @Nullable String where) {}

    @Override
    public Map<String, Object> personal() {
        return Map.of();
    }
}
