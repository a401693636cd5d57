package org.stonechat.e2e.bench;

import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import org.stonechat.e2e.client.Disappointment;
import org.stonechat.launcher.Part;
import org.stonechat.launcher.Platform;

/// How fast analytics takes in what has gathered while it was away: real events of tickets that were really
/// opened.
final class Backlog {

    private static final Duration OPENING_AT_MOST = Duration.ofSeconds(75);
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Duration LOOK = Duration.ofMillis(10);

    private static final String APPLIED = """
            select count(*) from ticket_occurrence
            where kind = 'CREATED' and occurred_at >= ? and department_id = ?
            """;

    private final Platform platform;
    private final BenchDesk desk;
    private final InstantSource clock;

    Backlog(Platform platform, BenchDesk desk, InstantSource clock) {
        this.platform = platform;
        this.desk = desk;
        this.clock = clock;
    }

    /// @param events    that had gathered
    /// @param perSecond from when the first of them were applied to when the last was; the start is not in it
    record Outcome(int events, double perSecond) {}

    /// @param quiet waits until everything else has been taken in, so that the measured one runs alone
    Outcome measure(int events, int clients, Runnable quiet) {
        List<Part> analytics = platform.parts().stream()
                .filter(part -> part.name().startsWith("analytics-service"))
                .toList();
        OffsetDateTime began = clock.instant().atOffset(ZoneOffset.UTC);
        try {
            analytics.forEach(Part::stop);
            int opened = Load.until(events, OPENING_AT_MOST, clients, client -> desk.new Creator())
                    .latencies()
                    .count();
            quiet.run();
            Thread starting = Thread.ofPlatform().daemon().start(() -> analytics.forEach(Part::start));
            Outcome outcome = watch(opened, began);
            starting.join();
            return outcome;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Disappointment("interrupted while analytics caught up", e);
        } finally {
            analytics.forEach(Part::start);
        }
    }

    private Outcome watch(int events, OffsetDateTime began) {
        Database database = new Database(platform, "analytics");
        return database.use(connection -> {
            long end = System.nanoTime() + PATIENCE.toNanos();
            long firstAt = 0;
            long first = 0;
            try (var select = connection.prepareStatement(APPLIED)) {
                select.setObject(1, began);
                select.setObject(2, BenchDesk.CREATION);
                while (true) {
                    long applied;
                    try (var row = select.executeQuery()) {
                        row.next();
                        applied = row.getLong(1);
                    }
                    long now = System.nanoTime();
                    if (first == 0 && applied > 0) {
                        first = applied;
                        firstAt = now;
                    }
                    if (applied >= events) {
                        double seconds = Math.max(now - firstAt, LOOK.toNanos()) / 1e9;
                        return new Outcome(events, (events - first) / seconds);
                    }
                    if (now > end) {
                        throw new Disappointment("analytics took in " + applied + " of " + events + " events in "
                                + PATIENCE.toSeconds() + " s");
                    }
                    LockSupport.parkNanos(LOOK.toNanos());
                }
            }
        });
    }
}
