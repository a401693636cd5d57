package org.stonechat.notification.live;

import java.time.InstantSource;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.stonechat.kit.work.DueWork;
import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkHandler;
import org.stonechat.kit.work.WorkItem;

import io.quarkus.runtime.StartupEvent;

/// Forgets what the live streams told longer ago than anybody may resume from.
@ApplicationScoped
class LivePurge implements WorkHandler {

    private static final String KIND = "live-purge";
    private static final String SUBJECT = "live";

    private final LiveEvents events;
    private final LiveConfig config;
    private final DueWork dueWork;
    private final InstantSource clock;

    LivePurge(LiveEvents events, LiveConfig config, DueWork dueWork, InstantSource clock) {
        this.events = events;
        this.config = config;
        this.dueWork = dueWork;
        this.clock = clock;
    }

    record Nothing() {}

    void start(@Observes @Priority(Integer.MAX_VALUE - 1) StartupEvent started) {
        dueWork.startRecurring(KIND, SUBJECT, clock.instant(), new Nothing());
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int maxAttempts() {
        return Integer.MAX_VALUE;
    }

    @Override
    public Outcome perform(WorkItem item) {
        events.forget(clock.instant().minus(config.keep()));
        return Outcome.done(
                () -> dueWork.schedule(KIND, SUBJECT, clock.instant().plus(config.purgeEvery()), null, new Nothing()));
    }
}
