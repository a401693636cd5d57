package org.stonechat.kit.rest;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.stonechat.kit.work.DueWork;
import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkHandler;
import org.stonechat.kit.work.WorkItem;

import io.quarkus.runtime.StartupEvent;

/// Empties stored bodies and clears keys away once they are too old, in pieces: neither a long transaction nor many
/// locks at once.
@ApplicationScoped
class IdempotencyPurge implements WorkHandler {

    private static final String KIND = "idempotency-purge";
    private static final String SUBJECT = "all";

    private final IdempotencyKeys keys;
    private final IdempotencyConfig config;
    private final DueWork work;
    private final InstantSource clock;

    IdempotencyPurge(IdempotencyKeys keys, IdempotencyConfig config, DueWork work, InstantSource clock) {
        this.keys = keys;
        this.config = config;
        this.work = work;
        this.clock = clock;
    }

    void start(@Observes StartupEvent started) {
        work.startRecurring(KIND, SUBJECT, clock.instant().plus(config.purgeEvery()), Map.of());
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
        int most = Math.max(keys.emptyBodies(), keys.forget());
        Instant next = most == IdempotencyKeys.PIECE ? now : now.plus(config.purgeEvery());
        return Outcome.done(() -> work.schedule(KIND, SUBJECT, next, null, Map.of()));
    }
}
