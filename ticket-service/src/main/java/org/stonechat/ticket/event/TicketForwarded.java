package org.stonechat.ticket.event;

import java.util.List;
import java.util.UUID;

import org.stonechat.kit.event.DomainEvent;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// The ticket was sent on to somebody by mail. The mail itself is the message of that id.
public record TicketForwarded(Data data, Personal personal) implements DomainEvent {

    /// @param agentIds   the recipients that work here
    /// @param recipients how many addresses it went to
    /// @param included   what of the ticket went along
    public record Data(
            @JsonUnwrapped Standing ticket, UUID messageId, List<UUID> agentIds, int recipients, List<Part> included) {}

    /// A part of a ticket that can be sent on.
    public enum Part {
        /// Always: what stands in the ticket's head.
        DETAILS,
        REVIEW,
        /// What the customer wrote and was answered.
        HISTORY,
        /// What only those who work here see.
        COMMENTS
    }

    public record Personal(String subject, List<Correspondent> to) {}
}
