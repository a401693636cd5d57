package org.stonechat.launcher;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

import org.stonechat.parts.PartFailure;

/// Watches over a platform that runs in the foreground: a part that ends although nobody stopped it is started
/// again, as an orchestrator would do; one that keeps ending is left alone.
public final class Supervision {

    private static final int MOST_STARTS = 3;
    private static final Duration WITHIN = Duration.ofMinutes(5);

    private final Platform platform;
    private final Progress progress;
    private final InstantSource clock;
    private final Map<String, Deque<Instant>> starts = new HashMap<>();

    public Supervision(Platform platform, Progress progress, InstantSource clock) {
        this.platform = platform;
        this.progress = progress;
        this.clock = clock;
    }

    /// Looks once.
    ///
    /// @return false when nothing runs any more
    public boolean look() {
        for (Part part : platform.parts()) {
            if (part.isLost()) {
                revive(part);
            }
        }
        return platform.isRunning();
    }

    private void revive(Part part) {
        if (!mayStartAgain(part.name())) {
            progress.note(
                    part.name() + " ended again and is left alone now; its log ended with:\n" + part.lastLogLines());
            part.stop();
            return;
        }
        progress.note(
                part.name() + " ended by itself and is started again; its log ended with:\n" + part.lastLogLines());
        try {
            part.start();
            progress.note(part.name() + " is back.");
        } catch (Refusal | PartFailure e) {
            progress.note(String.valueOf(e.getMessage()));
        }
    }

    boolean mayStartAgain(String part) {
        Instant now = clock.instant();
        Deque<Instant> recent = starts.computeIfAbsent(part, name -> new ArrayDeque<>());
        while (!recent.isEmpty() && recent.peekFirst().isBefore(now.minus(WITHIN))) {
            recent.removeFirst();
        }
        if (recent.size() >= MOST_STARTS) {
            return false;
        }
        recent.addLast(now);
        return true;
    }
}
