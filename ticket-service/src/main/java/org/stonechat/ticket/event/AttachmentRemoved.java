package org.stonechat.ticket.event;

import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// A file was taken away from the ticket; that it was there stays known.
public record AttachmentRemoved(Data data, Personal personal) implements DomainEvent {

    /// @param messageId the message it had belonged to; null when it was the ticket's alone
    public record Data(
            @JsonUnwrapped Standing ticket,
            AttachmentFacts attachment,
            @Nullable UUID messageId) {}

    public record Personal(String name) {}
}
