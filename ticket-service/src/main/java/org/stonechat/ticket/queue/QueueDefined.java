package org.stonechat.ticket.queue;

import java.util.Map;
import java.util.UUID;

import org.stonechat.kit.event.DomainEvent;

/// The whole state of a queue, as it stands now.
record QueueDefined(Data data) implements DomainEvent {

    record Data(UUID id, UUID departmentId, String name, int position, boolean retired) {}

    @Override
    public Map<String, Object> personal() {
        return Map.of();
    }
}
