package org.stonechat.notification.live;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.listen.NotificationListener;
import org.stonechat.notification.directory.Directory;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

/// Reads new lines once per process, for all of its streams, and holds the newest of them in memory.
///
/// Streams pull from here with a cursor of their own. One that is further behind than memory reaches reads
/// from the table until it has caught up; the order is the same in both, so nothing is lost or doubled where
/// it changes over.
@ApplicationScoped
class LiveTail {

    private static final Logger LOG = Logger.getLogger(LiveTail.class);
    private static final int BATCH = 500;
    private static final Duration TEAMS_KNOWN_FOR = Duration.ofSeconds(2);

    private final LiveEvents events;
    private final Directory directory;
    private final LiveConfig config;
    private final Optional<String> url;
    private final Optional<String> user;
    private final Optional<String> password;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final Condition woken = lock.newCondition();
    private final List<LiveLine> lines = new ArrayList<>();
    private boolean awake = true;
    private boolean stopping;
    /// Everything behind this cursor is in `lines`; null until the first look at the table.
    private @Nullable LiveCursor heldBehind;
    private LiveCursor read = new LiveCursor(0, 0);

    private volatile Map<UUID, Directory.Team> teams = Map.of();
    private long teamsReadAt;
    private @Nullable NotificationListener listener;

    LiveTail(
            LiveEvents events,
            Directory directory,
            LiveConfig config,
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") Optional<String> url,
            @ConfigProperty(name = "quarkus.datasource.username") Optional<String> user,
            @ConfigProperty(name = "quarkus.datasource.password") Optional<String> password) {
        this.events = events;
        this.directory = directory;
        this.config = config;
        this.url = url;
        this.user = user;
        this.password = password;
    }

    void start(@Observes @Priority(Integer.MAX_VALUE - 1) StartupEvent started) {
        Thread.ofVirtual().name("live-tail").start(this::readUntilStopped);
        NotificationListener listener = new NotificationListener(
                url.orElseThrow(), user.orElse(""), password.orElse(""), LiveEvents.CHANNEL, this::wake);
        listener.start();
        this.listener = listener;
    }

    void stop(@Observes @Priority(1) ShutdownEvent stop) {
        if (listener != null) {
            listener.close();
        }
        lock.lock();
        try {
            stopping = true;
            woken.signalAll();
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The teams as they were a moment ago.
    Map<UUID, Directory.Team> teams() {
        return teams;
    }

    /// Lines behind the cursor, oldest first; waits for some, and gives up with none after the patience is over.
    List<LiveLine> after(LiveCursor cursor, Duration patience) throws InterruptedException {
        if (isBehindMemory(cursor)) {
            List<LiveLine> stored = events.after(cursor, BATCH);
            if (!stored.isEmpty()) {
                return stored;
            }
        }
        lock.lockInterruptibly();
        try {
            long left = patience.toNanos();
            while (true) {
                List<LiveLine> held = heldAfter(cursor);
                if (!held.isEmpty() || left <= 0 || stopping) {
                    return held;
                }
                left = news.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isBehindMemory(LiveCursor cursor) {
        lock.lock();
        try {
            return heldBehind == null || cursor.compareTo(heldBehind) < 0;
        } finally {
            lock.unlock();
        }
    }

    private List<LiveLine> heldAfter(LiveCursor cursor) {
        int from = 0;
        int to = lines.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (lines.get(middle).cursor().compareTo(cursor) <= 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        return List.copyOf(lines.subList(from, Math.min(lines.size(), from + BATCH)));
    }

    private void wake() {
        lock.lock();
        try {
            awake = true;
            woken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void readUntilStopped() {
        try {
            while (!isStopping()) {
                Duration pause = config.pollInterval();
                try {
                    pause = readNews() ? config.retryPending() : config.pollInterval();
                } catch (RuntimeException failure) {
                    // The database is away: streams stay open and go on where they were.
                    LOG.infof("live events cannot be read at the moment: %s", failure.getMessage());
                }
                sleepUnlessWoken(pause);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// @return true when lines wait for an older transaction
    private boolean readNews() {
        if (heldBehind == null) {
            LiveCursor start = events.bounds().safe();
            lock.lock();
            try {
                heldBehind = start;
                read = start;
            } finally {
                lock.unlock();
            }
        }
        List<LiveLine> batch;
        do {
            batch = events.after(read, BATCH);
            if (!batch.isEmpty()) {
                refreshTeams();
                hold(batch);
            }
        } while (batch.size() == BATCH);
        return events.pending();
    }

    private void hold(List<LiveLine> batch) {
        lock.lock();
        try {
            lines.addAll(batch);
            read = batch.getLast().cursor();
            int surplus = lines.size() - config.tail();
            if (surplus > 0) {
                heldBehind = lines.get(surplus - 1).cursor();
                lines.subList(0, surplus).clear();
            }
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void refreshTeams() {
        long now = System.nanoTime();
        if (teamsReadAt == 0 || now - teamsReadAt > TEAMS_KNOWN_FOR.toNanos()) {
            Map<UUID, Directory.Team> known = new HashMap<>();
            directory.teams().forEach(team -> known.put(team.id(), team));
            teams = Map.copyOf(known);
            teamsReadAt = now;
        }
    }

    private boolean isStopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    private void sleepUnlessWoken(Duration pause) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = pause.toNanos();
            while (!awake && !stopping && left > 0) {
                left = woken.awaitNanos(left);
            }
            awake = false;
        } finally {
            lock.unlock();
        }
    }
}
