package org.stonechat.kit.security;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;
import org.stonechat.kit.event.Uuid7;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;

/// Ends what is open for long, such as a live stream, when its person is dismissed. It looks as often as what is
/// known of access grows old, and only while something is open.
@ApplicationScoped
public class AccessWatch {

    private static final Logger LOG = Logger.getLogger(AccessWatch.class);

    private final KnownAccess access;
    private final Map<UUID, Watched> open = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean stopping;

    AccessWatch(KnownAccess access) {
        this.access = access;
    }

    private record Watched(UUID person, Runnable end) {}

    /// Something that is open; closing it ends the watch and nothing else.
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    void start(@Observes StartupEvent started) {
        Thread.ofVirtual().name("access-watch").start(this::lookUntilStopped);
    }

    void stop(@Observes @Priority(1) ShutdownEvent stop) {
        lock.lock();
        try {
            stopping = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// @param end called once the person is dismissed, again with each look until the watch is closed; must not block
    public Watch over(UUID person, Runnable end) {
        UUID id = Uuid7.next();
        open.put(id, new Watched(person, end));
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        return () -> open.remove(id);
    }

    private void lookUntilStopped() {
        try {
            while (isWorthLooking()) {
                try {
                    open.values().stream()
                            .filter(watched -> access.isDismissed(watched.person()))
                            .forEach(watched -> watched.end().run());
                } catch (RuntimeException failure) {
                    // The database is away: what is open stays open until it is back.
                    LOG.infof("it cannot be seen at the moment who is dismissed: %s", failure.getMessage());
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits until something is open, and then for the time between two looks.
    ///
    /// @return false when the process stops
    private boolean isWorthLooking() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (open.isEmpty() && !stopping) {
                changed.await();
            }
            long left = access.refresh().toNanos();
            while (left > 0 && !stopping) {
                left = changed.awaitNanos(left);
            }
            return !stopping;
        } finally {
            lock.unlock();
        }
    }
}
