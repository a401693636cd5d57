package org.stonechat.ticket.event;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// A ticket came into being.
public record TicketCreated(Data data, Personal personal) implements DomainEvent {

    /// @param how        by whom or what: MANUAL, MAIL, FORM, API, REVIEW, MESSAGE, PHONE or LETTER
    /// @param mailId     the mail it was made of
    /// @param followUpOf the closed ticket that a late message of its customer belongs to
    public record Data(
            @JsonUnwrapped Standing ticket,
            String how,
            @Nullable MessageFacts firstMessage,
            Instant createdAt,
            @Nullable Instant dueAt,
            @Nullable UUID mailId,
            @Nullable UUID followUpOf) {}

    public record Personal(
            String subject,
            Correspondent requester,
            @Nullable MessageText firstMessage) {}
}
