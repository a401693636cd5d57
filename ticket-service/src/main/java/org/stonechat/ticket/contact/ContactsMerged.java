package org.stonechat.ticket.contact;

import java.util.Map;
import java.util.UUID;

import org.stonechat.kit.event.DomainEvent;

/// Two contacts are one person: the one is an alias of the other from now on.
///
/// Published under the keys of both.
record ContactsMerged(Data data) implements DomainEvent {

    record Data(UUID survivorId, UUID mergedContactId) {}

    @Override
    public Map<String, Object> personal() {
        return Map.of();
    }
}
