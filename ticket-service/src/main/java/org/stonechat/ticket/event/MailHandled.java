package org.stonechat.ticket.event;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;

/// What became of a mail; it closes the mail's entry in the ledger.
///
/// On the ticket's own stream when it went into one, else on that of the mail.
public record MailHandled(Data data) implements DomainEvent {

    /// The standing facts are flat and null when the mail went into no ticket; hence a map.
    public record Data(
            @com.fasterxml.jackson.annotation.JsonUnwrapped @Nullable Standing ticket,
            UUID mailId,
            Outcome outcome,
            @Nullable UUID messageId,
            @Nullable String reason) {}

    public enum Outcome {
        TICKET,
        MESSAGE,
        COMMENT,
        IGNORED
    }

    @Override
    public Map<String, Object> personal() {
        return Map.of();
    }
}
