package org.stonechat.ticket.team;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.stonechat.kit.event.DomainEvent;

/// The whole state of a team, as it stands now.
record TeamDefined(Data data) implements DomainEvent {

    record Data(
            UUID id,
            String name,
            String slug,
            List<UUID> departmentIds,
            TeamVisibility visibility,
            List<UUID> memberIds) {}

    @Override
    public Map<String, Object> personal() {
        return Map.of();
    }
}
