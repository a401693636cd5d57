package org.stonechat.notification.presence;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;

import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.work.DueWork;
import org.stonechat.notification.database.Database;

/// Judges by the open live streams, on whichever replica they are, who is online.
///
/// Every stream is a row that expires by itself. When the last one of an agent ends or expires, a timer looks
/// once more after a moment, because a browser that reloads is not gone.
@ApplicationScoped
public class Presence {

    static final String KIND = "presence-check";
    private static final String TOPIC = "notifications";

    private final AgentPresenceRepository repository;
    private final Database database;
    private final DueWork dueWork;
    private final EventLog eventLog;
    private final PresenceConfig config;
    private final InstantSource clock;

    Presence(
            AgentPresenceRepository repository,
            Database database,
            DueWork dueWork,
            EventLog eventLog,
            PresenceConfig config,
            InstantSource clock) {
        this.repository = repository;
        this.database = database;
        this.dueWork = dueWork;
        this.eventLog = eventLog;
        this.config = config;
        this.clock = clock;
    }

    record Nothing() {}

    @ActivateRequestContext
    @Transactional
    public void opened(UUID agentId, UUID sessionId) {
        Instant expiry = clock.instant().plus(config.expiry());
        database.update("""
                insert into presence_session (id, agent_id, expires_at) values (?, ?, ?)
                on conflict (id) do update set expires_at = excluded.expires_at
                """, sessionId, agentId, expiry);
        change(agentId, presence -> presence.isThere(clock.instant()));
        checkAt(agentId, expiry);
    }

    /// Says that the stream is still open.
    @ActivateRequestContext
    @Transactional
    public void stays(UUID agentId, UUID sessionId) {
        opened(agentId, sessionId);
    }

    @ActivateRequestContext
    @Transactional
    public void closed(UUID agentId, UUID sessionId) {
        database.update("delete from presence_session where id = ?", sessionId);
        checkAt(agentId, clock.instant().plus(config.debounce()));
    }

    /// Looks whether the agent still has an open stream; says that they left, or looks again when the last
    /// one expires.
    @Transactional(Transactional.TxType.MANDATORY)
    void check(UUID agentId) {
        Instant now = clock.instant();
        Optional<Instant> expiry = database.first("""
                        select expires_at from presence_session
                        where agent_id = ? and expires_at > ? order by expires_at desc limit 1
                        """, row -> row.instant("expires_at"), agentId, now);
        if (expiry.isPresent()) {
            checkAt(agentId, expiry.get());
        } else {
            database.update("delete from presence_session where agent_id = ?", agentId);
            change(agentId, presence -> presence.left(clock.instant()));
        }
    }

    /// Notes that an agent steps away or is back.
    ///
    /// @return what he is now; OFFLINE, and not to be changed, without an open live stream
    @Transactional
    AgentPresence.State stepAway(UUID agentId, boolean away) {
        return change(agentId, presence -> presence.stepAway(away, clock.instant()));
    }

    private AgentPresence.State change(UUID agentId, Function<AgentPresence, Optional<PresenceChanged>> transition) {
        database.update("""
                insert into agent_presence (id, state, sequence) values (?, 'OFFLINE', 0) on conflict (id) do nothing
                """, agentId);
        AgentPresence presence = repository.findById(agentId, LockModeType.PESSIMISTIC_WRITE);
        transition.apply(presence).ifPresent(changed -> eventLog.append(TOPIC, presence, changed));
        return presence.state();
    }

    private void checkAt(UUID agentId, Instant when) {
        dueWork.schedule(KIND, agentId.toString(), when, null, new Nothing());
    }
}
