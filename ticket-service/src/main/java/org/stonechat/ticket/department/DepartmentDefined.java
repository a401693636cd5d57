package org.stonechat.ticket.department;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;

/// The whole state of a department, as it stands now.
record DepartmentDefined(Data data) implements DomainEvent {

    record Data(
            UUID id,
            String name,
            String slug,
            Preset preset,
            boolean oneTouch,
            @Nullable String mailAddress,
            String language,
            String timeZone,
            Settings settings,
            boolean active) {}

    record Settings(Duration autoCloseAfter, Duration reopenWindow, long reopenWindowDays) {}

    @Override
    public Map<String, Object> personal() {
        return Map.of();
    }
}
