package org.stonechat.ticket.event;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// A message got on in its delivery, or failed.
public record MessageDeliveryChanged(Data data) implements DomainEvent {

    /// @param reason why it failed or was held back; null otherwise
    /// @param where  the address of what was published
    /// @param dueAt  when it goes out, while it is SCHEDULED
    public record Data(
            @JsonUnwrapped Standing ticket,
            UUID messageId,
            @Nullable DeliverVia deliverVia,
            Delivery from,
            Delivery to,
            @Nullable String reason,
            Instant at,
            @Nullable String where,
            @Nullable Instant dueAt) {}

    @Override
    public Map<String, Object> personal() {
        return Map.of();
    }
}
