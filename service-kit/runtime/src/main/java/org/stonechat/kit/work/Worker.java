package org.stonechat.kit.work;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkus.narayana.jta.QuarkusTransaction;

/// Claims due work, has it done on virtual threads and records how it ended.
///
/// There is one per process. It sleeps until the next piece is due, is woken by a notification, and looks at
/// least once per poll interval.
///
/// Leases are short, so that the work of a process that died is soon taken up by another, and renewed while
/// the work is done. An attempt whose lease cannot be renewed is interrupted before the lease ends: then
/// somebody else may begin.
final class Worker {

    private static final Logger LOG = Logger.getLogger(Worker.class);
    private static final int RECORDING_ATTEMPTS = 3;
    private static final Duration LOAD_INTERVAL = Duration.ofSeconds(15);

    private final UUID owner;
    private final Map<String, Lane> lanes = new LinkedHashMap<>();
    private final WorkTable table;
    private final WorkContext context;
    private final WorkMetrics metrics;
    private final WorkConfig config;
    private final InstantSource clock;
    private final Map<UUID, Running> running = new ConcurrentHashMap<>();
    private final Semaphore wakeUps = new Semaphore(0);
    private final ExecutorService attempts = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("work-", 0).factory());
    private final ScheduledExecutorService alarms = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("work-alarms").factory());
    private final Thread loop;
    private final Thread renewals;
    private volatile boolean stopping;
    private long loadReadAt;

    Worker(
            UUID owner,
            Iterable<WorkHandler> handlers,
            WorkTable table,
            WorkContext context,
            WorkMetrics metrics,
            WorkConfig config,
            InstantSource clock) {
        this.owner = owner;
        this.table = table;
        this.context = context;
        this.metrics = metrics;
        this.config = config;
        this.clock = clock;
        for (WorkHandler handler : handlers) {
            Lane before = lanes.put(handler.kind(), new Lane(handler, new Semaphore(handler.concurrency())));
            if (before != null) {
                throw new IllegalStateException("two handlers do the work " + handler.kind());
            }
        }
        this.loop = Thread.ofVirtual().name("work-loop").unstarted(this::loop);
        this.renewals = Thread.ofVirtual().name("work-leases").unstarted(this::renewLeases);
    }

    private record Lane(WorkHandler handler, Semaphore free) {}

    /// Work that this process has claimed and whose outcome is not recorded yet.
    private static final class Running {

        private final Duration longest;
        private final long claimedAt = System.nanoTime();
        private volatile long renewedAt = claimedAt;
        private @Nullable Thread performer;

        Running(Duration longest) {
            this.longest = longest;
        }

        /// How long it may be held from now on; zero or less when it has been held for as long as it may take.
        Duration remaining() {
            return longest.minusNanos(System.nanoTime() - claimedAt);
        }

        boolean isUnrenewedFor(Duration time) {
            return System.nanoTime() - renewedAt > time.toNanos();
        }

        void renewed(long at) {
            renewedAt = at;
        }

        synchronized void begins() {
            performer = Thread.currentThread();
        }

        synchronized void ends() {
            performer = null;
        }

        synchronized void interrupt() {
            if (performer != null) {
                performer.interrupt();
            }
        }
    }

    void start() {
        loop.start();
        renewals.start();
        long look = Math.max(1, config.lease().toMillis() / 15);
        alarms.scheduleWithFixedDelay(this::cutOff, look, look, TimeUnit.MILLISECONDS);
    }

    /// Makes the worker look at the table at once.
    void wake() {
        wakeUps.release();
    }

    /// Claims nothing more and lets the running attempts finish; those that outlast the grace are
    /// interrupted, and their work comes back in doubt.
    void stop(Duration grace) {
        stopping = true;
        wake();
        try {
            loop.join();
            attempts.shutdown();
            if (!attempts.awaitTermination(grace.toMillis(), TimeUnit.MILLISECONDS)) {
                attempts.shutdownNow();
                attempts.awaitTermination(2, TimeUnit.SECONDS);
            }
        } catch (InterruptedException interrupted) {
            attempts.shutdownNow();
            Thread.currentThread().interrupt();
        } finally {
            renewals.interrupt();
            alarms.shutdownNow();
        }
    }

    private void renewLeases() {
        try {
            while (true) {
                Thread.sleep(config.lease().dividedBy(4));
                try {
                    renew();
                } catch (RuntimeException failure) {
                    LOG.warnf(
                            "leases could not be renewed, next try in %s: %s",
                            config.lease().dividedBy(4), failure);
                }
            }
        } catch (InterruptedException stopped) {
            LOG.debug("leases are no longer renewed");
        }
    }

    private void renew() {
        long at = System.nanoTime();
        Instant now = clock.instant();
        Map<UUID, Instant> until = new HashMap<>();
        running.forEach((id, work) -> {
            Duration remaining = work.remaining();
            if (remaining.isPositive()) {
                until.put(id, now.plus(shorter(config.lease(), remaining)));
            }
        });
        if (until.isEmpty()) {
            return;
        }
        for (UUID held : table.renew(owner, until)) {
            Running work = running.get(held);
            if (work != null) {
                work.renewed(at);
            }
        }
    }

    /// The database is away, or another process has the lease: whoever works without one has to end before
    /// somebody else begins.
    private void cutOff() {
        Duration bearable = config.lease().multipliedBy(2).dividedBy(3);
        running.forEach((id, work) -> {
            if (work.isUnrenewedFor(bearable)) {
                work.interrupt();
            }
        });
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private Duration longest(Lane lane) {
        return lane.handler().timeout().plus(config.leaseMargin());
    }

    private void loop() {
        while (!stopping) {
            Duration pause;
            try {
                claimDue();
                pause = untilNextDue();
                readLoad();
            } catch (RuntimeException failure) {
                // The database is away or restarting. Readiness tells so; here it only means to
                // look again.
                LOG.warnf("due work could not be looked at, next try in %s: %s", config.retryInitial(), failure);
                pause = config.retryInitial();
            }
            try {
                if (wakeUps.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    wakeUps.drainPermits();
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void claimDue() {
        List<WorkTable.Lane> room = new ArrayList<>();
        lanes.forEach((kind, lane) -> {
            int free = lane.free().drainPermits();
            if (free > 0) {
                room.add(new WorkTable.Lane(kind, free, shorter(config.lease(), longest(lane))));
            }
        });
        List<WorkTable.Claim> claims = List.of();
        try {
            if (!room.isEmpty()) {
                claims = table.claim(owner, room, inHand(), clock.instant());
            }
        } finally {
            for (WorkTable.Lane lane : room) {
                long taken = claims.stream()
                        .filter(claim -> claim.item().kind().equals(lane.kind()))
                        .count();
                lane(lane.kind()).free().release(lane.free() - (int) taken);
            }
        }
        for (WorkTable.Claim claim : claims) {
            Lane lane = lane(claim.item().kind());
            Running work = new Running(longest(lane));
            running.put(claim.item().id(), work);
            attempts.execute(() -> {
                try {
                    context.within(claim, () -> attempt(lane, claim, work));
                } catch (RuntimeException failure) {
                    // Nothing was recorded: the lease runs out and the work comes back in
                    // doubt.
                    LOG.errorf(
                            failure,
                            "the outcome of work %s %s is lost",
                            claim.item().kind(),
                            claim.item().id());
                } finally {
                    running.remove(claim.item().id());
                    lane.free().release();
                    wake();
                }
            });
        }
    }

    /// What is being worked on here is not begun a second time, unless it has outlived all its time.
    private List<UUID> inHand() {
        List<UUID> ids = new ArrayList<>();
        running.forEach((id, work) -> {
            if (work.remaining().isPositive()) {
                ids.add(id);
            }
        });
        return ids;
    }

    private Duration untilNextDue() {
        Instant now = clock.instant();
        Instant next = table.nextDue(lanes.keySet(), now);
        if (next == null) {
            return config.pollInterval();
        }
        Duration until = Duration.between(now, next);
        return until.compareTo(config.pollInterval()) < 0 ? until.plusMillis(1) : config.pollInterval();
    }

    private void readLoad() {
        long now = System.nanoTime();
        if (loadReadAt == 0 || now - loadReadAt > LOAD_INTERVAL.toNanos()) {
            metrics.loads(table.load(clock.instant()));
            loadReadAt = now;
        }
    }

    private void attempt(Lane lane, WorkTable.Claim claim, Running work) {
        WorkItem item = claim.item();
        // Attempts that took the process with them count too, so that such work does not go round
        // for ever.
        if (item.attempt() > lane.handler().maxAttempts()) {
            exhausted(lane, claim, "every attempt ended without an outcome");
            return;
        }
        Outcome outcome;
        try {
            outcome = perform(lane.handler(), item, work);
        } catch (Exception failure) {
            LOG.warnf(failure, "work %s %s ended without an outcome", item.kind(), item.id());
            retry(lane, claim, describe(failure), null, true);
            return;
        }
        switch (outcome) {
            case Outcome.Done done ->
                record(lane, claim, "done", () -> {
                    holdLease(table.done(claim, clock.instant()));
                    done.inTransaction().run();
                });
            case Outcome.Failed failed -> {
                LOG.warnf("work %s %s has failed: %s", item.kind(), item.id(), failed.reason());
                record(lane, claim, "failed", () -> {
                    holdLease(table.failed(claim, failed.reason(), clock.instant()));
                    failed.inTransaction().run();
                });
            }
            case Outcome.Retry retry -> retry(lane, claim, retry.reason(), retry.after(), false);
        }
    }

    /// Performs on this thread, which is interrupted when the time is up or the lease is in danger.
    private Outcome perform(WorkHandler handler, WorkItem item, Running work) {
        work.begins();
        ScheduledFuture<?> alarm =
                alarms.schedule(work::interrupt, handler.timeout().toMillis(), TimeUnit.MILLISECONDS);
        try {
            return handler.perform(item);
        } finally {
            work.ends();
            alarm.cancel(false);
            // An interruption that came too late to matter must not reach the recording.
            Thread.interrupted();
        }
    }

    private void retry(Lane lane, WorkTable.Claim claim, String reason, @Nullable Duration after, boolean inDoubt) {
        if (claim.item().attempt() >= lane.handler().maxAttempts()) {
            exhausted(lane, claim, reason);
            return;
        }
        Instant now = clock.instant();
        Instant dueAt = now.plus(after == null ? backOff(claim.item().attempt()) : after);
        record(
                lane,
                claim,
                inDoubt ? "doubtful" : "retried",
                () -> holdLease(table.release(claim, dueAt, reason, inDoubt, now)));
    }

    private void exhausted(Lane lane, WorkTable.Claim claim, String reason) {
        WorkItem item = claim.item();
        LOG.errorf("work %s %s has failed after %d attempts: %s", item.kind(), item.id(), item.attempt(), reason);
        record(lane, claim, "exhausted", () -> {
            holdLease(table.failed(claim, reason, clock.instant()));
            lane.handler().onExhausted(item, reason);
        });
    }

    /// Records an outcome, again when the database was busy with something else: what happened outside has
    /// happened, and only the record of it keeps it from happening again.
    private void record(Lane lane, WorkTable.Claim claim, String outcome, Runnable inTransaction) {
        WorkItem item = claim.item();
        for (int attempt = 1; ; attempt++) {
            try {
                QuarkusTransaction.requiringNew().run(inTransaction);
                metrics.attempted(item, outcome);
                return;
            } catch (LeaseLostException lost) {
                LOG.warnf(
                        "work %s %s outlived its lease, its outcome belongs to the next attempt",
                        item.kind(), item.id());
                metrics.attempted(item, "lease-lost");
                return;
            } catch (RuntimeException failure) {
                if (attempt == RECORDING_ATTEMPTS) {
                    LOG.errorf(failure, "the outcome %s of work %s %s was refused", outcome, item.kind(), item.id());
                    giveBackInDoubt(lane, claim, "the outcome could not be recorded: " + describe(failure));
                    return;
                }
            }
        }
    }

    /// Comes back after a while even when the attempts are used up; the next claim then ends it.
    private void giveBackInDoubt(Lane lane, WorkTable.Claim claim, String reason) {
        Instant now = clock.instant();
        int attempt = Math.min(claim.item().attempt(), lane.handler().maxAttempts());
        table.release(claim, now.plus(backOff(attempt)), reason, true, now);
        metrics.attempted(claim.item(), "doubtful");
    }

    private Duration backOff(int attempt) {
        double doubled = config.retryInitial().toMillis() * Math.pow(2, Math.min(attempt - 1, 30));
        double bounded = Math.min(doubled, config.retryMaximum().toMillis());
        return Duration.ofMillis((long) (bounded * ThreadLocalRandom.current().nextDouble(0.8, 1.2)));
    }

    private Lane lane(String kind) {
        Lane lane = lanes.get(kind);
        if (lane == null) {
            throw new IllegalStateException("nobody here does the work " + kind);
        }
        return lane;
    }

    private static void holdLease(boolean held) {
        if (!held) {
            throw new LeaseLostException();
        }
    }

    /// The class alone when there is no message; an operator reads it, no client does.
    private static String describe(Exception failure) {
        String message = failure.getMessage();
        return message == null ? failure.getClass().getSimpleName() : message;
    }

    private static final class LeaseLostException extends RuntimeException {
        LeaseLostException() {
            super("the lease was lost");
        }
    }
}
