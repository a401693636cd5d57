package org.stonechat.ticket.event;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;

/// A message got on in its delivery, or failed.
public record MessageDeliveryChanged(Data data) implements DomainEvent {

    public record Data(
            @JsonUnwrapped Standing ticket,
            UUID messageId,
            Delivery from,
            Delivery to,
            Delivery delivery,
            @Nullable String reason,
            Instant at) {}

    @Override
    public Map<String, Object> personal() {
        return Map.of();
    }
}
