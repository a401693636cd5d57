package org.stonechat.ticket.event;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// The copy by mail of a published answer got on, or failed. What became of the answer itself is
/// `MessageDeliveryChanged`.
public record MailCopyChanged(Data data) implements DomainEvent {

    /// @param from   null when nothing was known of it before
    /// @param reason why it failed; null otherwise
    public record Data(
            @JsonUnwrapped Standing ticket,
            UUID messageId,
            @Nullable MailCopy from,
            MailCopy to,
            @Nullable String reason,
            Instant at) {}

    @Override
    public Map<String, Object> personal() {
        return Map.of();
    }
}
