package org.stonechat.notification.presence;

import java.time.Instant;
import java.util.UUID;

import org.stonechat.kit.event.DomainEvent;

/// An agent came, stepped away, or left.
record PresenceChanged(Data data, Personal personal) implements DomainEvent {

    record Data(UUID agentId, AgentPresence.State presence, Instant since) {}

    record Personal() {}
}
