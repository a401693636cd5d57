package org.stonechat.kit.work;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

/// Clears finished work away when it has been kept long enough; itself due work that schedules its next turn.
@ApplicationScoped
class FinishedWorkPurge implements WorkHandler {

    static final String KIND = "due-work-purge";
    static final String SUBJECT = "all";
    static final Map<String, String> NOTHING = Map.of();
    private static final int FULL_BATCH = 5000;

    private final WorkTable table;
    private final DueWork work;
    private final WorkConfig config;
    private final InstantSource clock;

    FinishedWorkPurge(WorkTable table, DueWork work, WorkConfig config, InstantSource clock) {
        this.table = table;
        this.work = work;
        this.config = config;
        this.clock = clock;
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
        Instant now = clock.instant();
        int purged = table.purge(now.minus(config.keepOnce()), now.minus(config.keepFinished()));
        Instant next = purged == FULL_BATCH ? now : now.plus(config.purgeEvery());
        return Outcome.done(() -> work.schedule(KIND, SUBJECT, next, null, NOTHING));
    }
}
