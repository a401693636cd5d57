package org.stonechat.notification.presence;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkHandler;
import org.stonechat.kit.work.WorkItem;

/// Looks, when an agent's last live stream ended or expired, whether they are gone.
@ApplicationScoped
class PresenceCheck implements WorkHandler {

    private final Presence presence;

    PresenceCheck(Presence presence) {
        this.presence = presence;
    }

    @Override
    public String kind() {
        return Presence.KIND;
    }

    @Override
    public int maxAttempts() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Outcome perform(WorkItem item) {
        UUID agentId = UUID.fromString(item.subject());
        return Outcome.done(() -> presence.check(agentId));
    }
}
