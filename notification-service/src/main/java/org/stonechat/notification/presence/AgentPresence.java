package org.stonechat.notification.presence;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.stonechat.kit.event.Aggregate;

/// Whether an agent is there.
@Entity
@Table(name = "agent_presence")
class AgentPresence implements Aggregate {

    @Schema(name = "PresenceState")
    enum State {
        ONLINE,
        AWAY,
        OFFLINE
    }

    @Id
    private UUID id;

    @Enumerated(EnumType.STRING)
    private State state;

    /// Says so himself; it counts while he is there.
    private boolean away;

    private long sequence;

    protected AgentPresence() {}

    /// The agent is there: online, or away if he said so.
    Optional<PresenceChanged> isThere(Instant now) {
        return become(away ? State.AWAY : State.ONLINE, now);
    }

    /// The agent has left; whoever comes back is not away.
    Optional<PresenceChanged> left(Instant now) {
        away = false;
        return become(State.OFFLINE, now);
    }

    /// The agent says that he steps away, or is back. Somebody who is not there at all stays offline.
    Optional<PresenceChanged> stepAway(boolean steppedAway, Instant now) {
        if (state == State.OFFLINE) {
            return Optional.empty();
        }
        away = steppedAway;
        return isThere(now);
    }

    State state() {
        return state;
    }

    /// Empty when the agent was in that state already.
    private Optional<PresenceChanged> become(State state, Instant now) {
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
