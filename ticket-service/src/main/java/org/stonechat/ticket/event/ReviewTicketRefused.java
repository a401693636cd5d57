package org.stonechat.ticket.event;

import java.util.Map;
import java.util.UUID;

import org.stonechat.kit.event.DomainEvent;

/// A review could not become a ticket; it closes the review's entry in the ledger.
public record ReviewTicketRefused(Data data) implements DomainEvent {

    public record Data(UUID reviewId, UUID departmentId, String reason) {}

    @Override
    public Map<String, Object> personal() {
        return Map.of();
    }
}
