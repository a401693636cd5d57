package org.stonechat.e2e.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for what another part of the platform is about to do: asks again and again, and gives up at a deadline.
public final class Patience {

    /// Long enough for a platform that has two cores and shares them with a build.
    public static final Duration USUAL = Duration.ofSeconds(90);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private Patience() {}

    /// @param what is waited for, for the failure: "the reply in the mailbox"
    /// @throws Disappointment when it has not come in time
    public static <T> T until(String what, Supplier<Optional<T>> look) {
        return until(what, USUAL, look);
    }

    /// As [#until(String, Supplier)], with another deadline.
    public static <T> T until(String what, Duration deadline, Supplier<Optional<T>> look) {
        long end = System.nanoTime() + deadline.toNanos();
        Disappointment last = null;
        while (true) {
            try {
                Optional<T> found = look.get();
                if (found.isPresent()) {
                    return found.get();
                }
            } catch (Disappointment notYet) {
                last = notYet;
            }
            if (System.nanoTime() > end) {
                throw new Disappointment(
                        "waited " + deadline.toSeconds() + " s in vain for " + what
                                + (last == null ? "" : ", and last saw: " + last.getMessage()),
                        last);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /// Waits for a condition.
    public static void untilTrue(String what, Duration deadline, BooleanSupplier condition) {
        until(what, deadline, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }
}
