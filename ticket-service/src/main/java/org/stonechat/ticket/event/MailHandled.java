package org.stonechat.ticket.event;

import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// What became of a mail; it closes the mail's entry in the ledger.
///
/// On the ticket's own stream when it went into one, else on that of the mail.
public record MailHandled(Object data) implements DomainEvent {

    /// It went into a ticket.
    public static MailHandled into(Standing ticket, UUID mailId, Outcome outcome, UUID messageId) {
        return new MailHandled(new Taken(ticket, mailId, outcome, messageId, null));
    }

    /// Nothing came of it.
    ///
    /// @param reason a stable code
    public static MailHandled ignored(UUID mailId, String reason) {
        return new MailHandled(new Ignored(mailId, Outcome.IGNORED, null, null, reason));
    }

    record Taken(
            @JsonUnwrapped Standing ticket,
            UUID mailId,
            Outcome outcome,
            UUID messageId,
            @Nullable String reason) {}

    record Ignored(
            UUID mailId,
            Outcome outcome,
            @Nullable UUID ticketId,
            @Nullable UUID messageId,
            String reason) {}

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
