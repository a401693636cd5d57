package org.stonechat.ticket.agent;

import java.time.Instant;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.inbox.EventConsumer;
import org.stonechat.kit.inbox.ReceivedEvent;

/// What the notification service tells about people: who is there.
@ApplicationScoped
class NotificationEvents implements EventConsumer {

    private final Directory directory;

    NotificationEvents(Directory directory) {
        this.directory = directory;
    }

    record PresenceChanged(
            UUID agentId, Presence presence, @Nullable Instant since) {}

    @Override
    public String topic() {
        return "notifications";
    }

    @Override
    public void handle(ReceivedEvent event) {
        if (event.type().equals("PresenceChanged")) {
            PresenceChanged changed = event.dataAs(PresenceChanged.class);
            directory.presenceChanged(
                    changed.agentId(), changed.presence(), changed.since() == null ? event.time() : changed.since());
        }
    }
}
