package org.stonechat.ticket.event;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// A ticket went to another stage. Solving, reopening and closing are this event too.
public record StageChanged(Data data) implements DomainEvent {

    /// @param oneTouch solved with the reply
    public record Data(
            @JsonUnwrapped Standing ticket,
            StageMove from,
            StageMove to,
            Why why,
            @Nullable String closeReason,
            List<String> rootCauses,
            @Nullable UUID resolvedBy,
            boolean oneTouch) {}

    /// What led to it.
    public enum Why {
        /// Somebody chose the stage.
        AGENT,
        /// Somebody took it or was given it.
        ASSIGNED,
        /// With a public reply.
        REPLY,
        /// The customer wrote again.
        CUSTOMER_MESSAGE,
        /// Solved or closed as such, with or without an explanation.
        CLOSURE,
        /// The time after solving had passed.
        AUTO_CLOSE,
        /// It had happened elsewhere, before the ticket was taken over.
        IMPORT
    }

    @Override
    public Map<String, Object> personal() {
        return Map.of();
    }
}
