package org.stonechat.ticket.event;

import java.util.Map;
import java.util.UUID;

import org.stonechat.kit.event.DomainEvent;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// A ticket went to another department, with its history and its clocks.
public record TicketReferred(Data data) implements DomainEvent {

    /// @param oldDepartmentMayRead whether the department it came from may go on reading it
    public record Data(
            @JsonUnwrapped Standing ticket, UUID fromDepartmentId, UUID toDepartmentId, boolean oldDepartmentMayRead) {}

    @Override
    public Map<String, Object> personal() {
        return Map.of();
    }
}
