package org.stonechat.kit.blob;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.stonechat.kit.work.DueWork;
import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkHandler;
import org.stonechat.kit.work.WorkItem;

import io.quarkus.runtime.StartupEvent;

/// Deletes blobs that nobody has referred to for a day; due work that schedules its own next turn.
@ApplicationScoped
class BlobCollection implements WorkHandler {

    static final String KIND = "blob-collection";
    private static final String SUBJECT = "all";
    private static final int BATCH = 200;

    private final BlobRegister register;
    private final BlobStore store;
    private final BlobConfig config;
    private final DueWork work;
    private final InstantSource clock;

    BlobCollection(BlobRegister register, BlobStore store, BlobConfig config, DueWork work, InstantSource clock) {
        this.register = register;
        this.store = store;
        this.config = config;
        this.work = work;
        this.clock = clock;
    }

    void start(@Observes StartupEvent started) {
        work.startRecurring(KIND, SUBJECT, clock.instant().plus(config.collectEvery()), Map.of());
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
        boolean more = collect(now.minus(config.collectAfter()));
        Instant next = more ? now : now.plus(config.collectEvery());
        return Outcome.done(() -> work.schedule(KIND, SUBJECT, next, null, Map.of()));
    }

    /// @return whether there may be more of them
    boolean collect(Instant storedBefore) {
        List<String> names = register.unreferenced(storedBefore, BATCH);
        for (String sha256 : names) {
            register.collect(sha256, storedBefore, store::delete);
        }
        return names.size() == BATCH;
    }
}
