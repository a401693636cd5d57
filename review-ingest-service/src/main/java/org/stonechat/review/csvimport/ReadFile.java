package org.stonechat.review.csvimport;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkHandler;
import org.stonechat.kit.work.WorkItem;

/// Reads the rows of a file, some at a time; after a crash it goes on with the first row that is not done.
@ApplicationScoped
class ReadFile implements WorkHandler {

    static final String KIND = "read-review-file";
    private static final int BATCH = 500;
    private static final Duration STRETCH = Duration.ofSeconds(20);

    private final Imports imports;
    private final InstantSource clock;

    ReadFile(Imports imports, InstantSource clock) {
        this.imports = imports;
        this.clock = clock;
    }

    record Payload(UUID importId) {}

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int concurrency() {
        return 2;
    }

    @Override
    public int maxAttempts() {
        return 5;
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(80);
    }

    @Override
    public Outcome perform(WorkItem item) {
        UUID importId = item.payloadAs(Payload.class).importId();
        Imports.Open open = imports.open(importId);
        if (open == null) {
            return Outcome.done();
        }
        Instant handOver = clock.instant().plus(STRETCH);
        ReviewFile file = new ReviewFile(open.text());
        int done = open.rowsDone();
        for (int row = 0; row < done; row++) {
            file.next();
        }
        while (clock.instant().isBefore(handOver)) {
            List<ReviewFile.Line> lines = new ArrayList<>();
            ReviewFile.Line line = null;
            while (lines.size() < BATCH && (line = file.next()) != null) {
                lines.add(line);
            }
            if (lines.isEmpty()) {
                return Outcome.done(() -> imports.done(importId));
            }
            if (!imports.take(importId, done, lines)) {
                return Outcome.done();
            }
            done += lines.size();
        }
        return Outcome.done(() -> imports.handOver(importId));
    }

    @Override
    public void onExhausted(WorkItem item, String reason) {
        imports.failed(item.payloadAs(Payload.class).importId(), "The file could not be read to its end.");
    }
}
