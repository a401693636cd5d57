package org.stonechat.kit.work;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/// How an attempt ended; recorded in one transaction with whatever the service wants to remember of it.
///
/// An exception thrown by a handler is not an outcome: nobody knows then whether the effect happened, so the
/// next attempt is {@linkplain WorkItem#inDoubt() in doubt}. Return [#retry] when you know that it did not
/// happen.
public sealed interface Outcome {

    /// It happened. The runnable is executed in the transaction that marks the work as done; when the lease
    /// was lost meanwhile, neither takes place.
    record Done(Runnable inTransaction) implements Outcome {}

    /// It certainly did not happen and is worth another attempt, after the given time or the usual back-off.
    record Retry(String reason, @Nullable Duration after) implements Outcome {}

    /// It will never happen. The runnable is executed in the transaction that marks the work as failed.
    record Failed(String reason, Runnable inTransaction) implements Outcome {}

    static Outcome done() {
        return new Done(() -> {});
    }

    static Outcome done(Runnable inTransaction) {
        return new Done(inTransaction);
    }

    static Outcome retry(String reason) {
        return new Retry(reason, null);
    }

    /// @param after null for the usual exponential back-off
    static Outcome retry(String reason, @Nullable Duration after) {
        return new Retry(reason, after);
    }

    static Outcome failed(String reason) {
        return new Failed(reason, () -> {});
    }

    static Outcome failed(String reason, Runnable inTransaction) {
        return new Failed(reason, inTransaction);
    }
}
