package org.stonechat.ticket.contact;

import java.util.Map;
import java.util.UUID;

import org.stonechat.kit.event.DomainEvent;

/// A contact that had been merged into another is one of its own again.
///
/// Published under the keys of both.
record ContactMergeUndone(Data data) implements DomainEvent {

    record Data(UUID survivorId, UUID mergedContactId) {}

    @Override
    public Map<String, Object> personal() {
        return Map.of();
    }
}
