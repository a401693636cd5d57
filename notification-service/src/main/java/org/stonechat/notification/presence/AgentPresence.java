package org.stonechat.notification.presence;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.stonechat.kit.event.Aggregate;

/// Whether an agent is there.
@Entity
@Table(name = "agent_presence")
class AgentPresence implements Aggregate {

    enum State {
        ONLINE,
        AWAY,
        OFFLINE
    }

    @Id
    private UUID id;

    @Enumerated(EnumType.STRING)
    private State state;

    private long sequence;

    protected AgentPresence() {}

    /// Empty when the agent was in that state already.
    Optional<PresenceChanged> become(State state, Instant now) {
        if (this.state == state) {
            return Optional.empty();
        }
        this.state = state;
        return Optional.of(
                new PresenceChanged(new PresenceChanged.Data(id, state, now), new PresenceChanged.Personal()));
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public long nextSequence() {
        return ++sequence;
    }
}
