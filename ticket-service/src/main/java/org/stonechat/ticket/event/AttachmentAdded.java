package org.stonechat.ticket.event;

import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// A file was added to the ticket.
public record AttachmentAdded(Data data, Personal personal) implements DomainEvent {

    public record Data(
            @JsonUnwrapped Standing ticket,
            AttachmentFacts attachment,
            @Nullable UUID messageId) {}

    public record Personal(String name) {}
}
