package org.stonechat.ticket.department;

import java.util.Map;
import java.util.UUID;

import org.stonechat.kit.event.DomainEvent;

/// The whole state of a stage, as it stands now.
record StageDefined(Data data) implements DomainEvent {

    record Data(
            UUID id,
            UUID departmentId,
            String label,
            StageCategory category,
            int position,
            boolean initial,
            boolean reopen,
            boolean solve,
            boolean close,
            boolean escalates,
            boolean retired) {}

    @Override
    public Map<String, Object> personal() {
        return Map.of();
    }
}
