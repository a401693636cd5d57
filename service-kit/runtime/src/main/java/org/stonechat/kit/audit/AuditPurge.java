package org.stonechat.kit.audit;

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

/// Clears lines away when they have been kept long enough.
@ApplicationScoped
class AuditPurge implements WorkHandler {

    private static final String KIND = "audit-purge";
    private static final String SUBJECT = "all";

    private final AuditTable table;
    private final AuditConfig config;
    private final DueWork work;
    private final InstantSource clock;

    AuditPurge(AuditTable table, AuditConfig config, DueWork work, InstantSource clock) {
        this.table = table;
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
        int purged = table.purge(now.minus(config.keep()), now.minus(config.keepRefusals()));
        Instant next = AuditTable.mayBeMore(purged) ? now : now.plus(config.purgeEvery());
        return Outcome.done(() -> work.schedule(KIND, SUBJECT, next, null, Map.of()));
    }
}
