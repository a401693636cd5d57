package org.stonechat.notification.inapp;

import java.time.Duration;
import java.time.InstantSource;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.stonechat.kit.work.DueWork;
import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkHandler;
import org.stonechat.kit.work.WorkItem;

import io.quarkus.runtime.StartupEvent;

/// Forgets old notifications, a few at a time.
@ApplicationScoped
class NoticePurge implements WorkHandler {

    private static final String KIND = "notification-purge";
    private static final String SUBJECT = "notifications";
    private static final int MOST_AT_ONCE = 5_000;

    private final Notices notices;
    private final NoticeConfig config;
    private final DueWork dueWork;
    private final InstantSource clock;

    NoticePurge(Notices notices, NoticeConfig config, DueWork dueWork, InstantSource clock) {
        this.notices = notices;
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
        boolean more = notices.forget(clock.instant().minus(config.keep()), MOST_AT_ONCE) == MOST_AT_ONCE;
        Duration pause = more ? Duration.ZERO : config.purgeEvery();
        return Outcome.done(
                () -> dueWork.schedule(KIND, SUBJECT, clock.instant().plus(pause), null, new Nothing()));
    }
}
