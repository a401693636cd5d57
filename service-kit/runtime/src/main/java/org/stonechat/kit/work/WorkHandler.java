package org.stonechat.kit.work;

import java.time.Duration;

/// Does one kind of due work; an `@ApplicationScoped` bean, one per kind.
public interface WorkHandler {

    /// Stable, in kebab case, such as `mail-send`: it is stored with the work.
    String kind();

    /// Called outside any transaction, under a lease, on a virtual thread, in a request context of its own
    /// whose [org.stonechat.kit.event.Cause] is that of the transaction that scheduled the work.
    ///
    /// A timer checks the state of its aggregate here (in the outcome's transaction): it may fire once
    /// although it was moved or cancelled in the very moment it began.
    Outcome perform(WorkItem item);

    /// How many pieces of this kind one process works on at once.
    default int concurrency() {
        return 8;
    }

    /// After this many attempts the work has failed for good.
    default int maxAttempts() {
        return 10;
    }

    /// An attempt that takes longer is interrupted. A long time here costs nothing after a crash: leases are
    /// short and renewed while the work is done.
    default Duration timeout() {
        return Duration.ofSeconds(25);
    }

    /// Called in the transaction that marks the work as failed because its last attempt went wrong.
    default void onExhausted(WorkItem item, String reason) {}
}
