package org.stonechat.kit.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Actor;
import org.stonechat.kit.event.Uuid7;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

/// Writes down what was refused, behind the answer: whoever is refused does not wait for it, and whoever is refused ten
/// thousand times costs the database a handful of statements and one line a minute.
@ApplicationScoped
class Refusals {

    private static final Logger LOG = Logger.getLogger(Refusals.class);

    /// More refusals than this at a time are no longer told apart by who was refused.
    private static final int MOST_OPEN = 10_000;

    /// More kinds of refusals than this of one actor in the same while are one line: somebody who tries every operation
    /// fills no disk.
    private static final int MOST_OF_ONE = 20;

    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(1);
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final AuditTable table;
    private final AuditConfig config;
    private final InstantSource clock;
    private final Map<Refusal, Gathered> open = new ConcurrentHashMap<>();
    private final Map<String, Lines> lines = new ConcurrentHashMap<>();
    private final BlockingQueue<Gathered> unwritten = new LinkedBlockingQueue<>();
    private @Nullable Thread writer;

    Refusals(AuditTable table, AuditConfig config, InstantSource clock) {
        this.table = table;
        this.config = config;
        this.clock = clock;
    }

    /// What makes refusals equal.
    ///
    /// @param operation the method and the template of the address, in which no id stands
    record Refusal(
            Actor.Kind actorKind,
            @Nullable String actorId,
            String operation,
            @Nullable String code) {

        private Refusal ofAnyKind() {
            return new Refusal(actorKind, actorId, "*", code);
        }

        private Refusal ofSomebody() {
            return new Refusal(actorKind, null, operation, code);
        }
    }

    /// How many lines an actor has begun since.
    private record Lines(Instant since, int count) {}

    /// Never blocks.
    void note(Refusal told) {
        Instant now = clock.instant();
        Refusal refusal = isOneTooMany(told, now) ? told.ofAnyKind() : told;
        Refusal key = open.size() < MOST_OPEN || open.containsKey(refusal) ? refusal : refusal.ofSomebody();
        open.compute(key, (same, known) -> {
            Gathered line =
                    known == null || known.isOver(now, config.gather()) ? new Gathered(same, Uuid7.next(), now) : known;
            if (line.count(now)) {
                unwritten.add(line);
            }
            return line;
        });
    }

    private boolean isOneTooMany(Refusal refusal, Instant now) {
        String actor = refusal.actorId();
        Gathered known = open.get(refusal);
        if (actor == null || (known != null && !known.isOver(now, config.gather()))) {
            return false;
        }
        return lines.compute(actor, (same, before) -> {
                            boolean over = before == null
                                    || !now.isBefore(before.since().plus(config.gather()));
                            return over ? new Lines(now, 1) : new Lines(before.since(), before.count() + 1);
                        })
                        .count()
                > MOST_OF_ONE;
    }

    private void forgetWhatIsOver(Instant now) {
        open.values().removeIf(known -> known.isOver(now, config.gather()));
        lines.values().removeIf(known -> !now.isBefore(known.since().plus(config.gather())));
    }

    void start(@Observes StartupEvent started) {
        writer = Thread.ofVirtual().name("audit").start(this::write);
    }

    void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
        Thread running = writer;
        if (running != null) {
            running.interrupt();
            running.join(AFTER_A_FAILURE.multipliedBy(2));
        }
        writeAll();
    }

    private void write() {
        try {
            while (true) {
                Gathered line = unwritten.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
                Instant now = clock.instant();
                if (line == null) {
                    forgetWhatIsOver(now);
                } else if (!write(line)) {
                    Thread.sleep(AFTER_A_FAILURE);
                }
                if (open.size() >= MOST_OPEN || lines.size() >= MOST_OPEN) {
                    forgetWhatIsOver(now);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// What is noted until now.
    void writeAll() {
        for (Gathered line = unwritten.poll(); line != null && write(line); line = unwritten.poll()) {
            LOG.tracef("refusals written: operation=%s", line.refusal.operation());
        }
    }

    /// @return false when the database does not take it now; it is tried again
    private boolean write(Gathered line) {
        AuditLine written = line.take();
        try {
            table.insert(written);
            return true;
        } catch (RuntimeException away) {
            LOG.warnf("refusals could not be written down, and will be: %s", away.getMessage());
            if (line.giveBack(written.count())) {
                unwritten.add(line);
            }
            return false;
        }
    }

    /// Equal refusals of a minute.
    private static final class Gathered {

        private final Refusal refusal;
        private final UUID id;
        private final Instant first;
        private Instant last;
        private int count;

        private Gathered(Refusal refusal, UUID id, Instant first) {
            this.refusal = refusal;
            this.id = id;
            this.first = first;
            this.last = first;
        }

        private boolean isOver(Instant now, Duration gather) {
            return !now.isBefore(first.plus(gather));
        }

        /// @return whether it has to be written from now on
        private synchronized boolean count(Instant now) {
            last = now;
            return count++ == 0;
        }

        private synchronized boolean giveBack(int unwritten) {
            boolean nothingNew = count == 0;
            count += unwritten;
            return nothingNew;
        }

        private synchronized AuditLine take() {
            int taken = count;
            count = 0;
            return new AuditLine(
                    id,
                    AuditLine.Outcome.REFUSED,
                    "request",
                    null,
                    refusal.operation(),
                    refusal.code(),
                    refusal.actorKind(),
                    refusal.actorId(),
                    List.of(),
                    taken,
                    null,
                    first,
                    last);
        }
    }
}
