package org.stonechat.e2e.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;

/// Freshly started JVMs interpret, and compile on the same cores: what they do then says nothing of what they can.
/// So the same thing is done in rounds, which do not count, until it goes no faster any more.
///
/// @param atMost  when it ends in any case, after the round that is under way
/// @param pattern how a round's rate is told, with one place for it
record WarmUp(Duration atMost, String pattern, Consumer<String> tell) {

    private static final double NOTICEABLY = 1.05;
    private static final int LATELY = 4;

    /// @param round does it once more, and says at which rate
    void run(DoubleSupplier round) {
        long end = System.nanoTime() + atMost.toNanos();
        List<Double> rates = new ArrayList<>();
        while (isStillFaster(rates) && System.nanoTime() < end) {
            double rate = round.getAsDouble();
            tell.accept(String.format(Locale.ROOT, pattern, rate));
            rates.add(rate);
        }
    }

    /// Whether the best of the last rounds is noticeably better than the best before them.
    static boolean isStillFaster(List<Double> rates) {
        if (rates.size() < 2 * LATELY) {
            return true;
        }
        int lately = rates.size() - LATELY;
        double before = Collections.max(rates.subList(0, lately));
        return Collections.max(rates.subList(lately, rates.size())) > before * NOTICEABLY;
    }
}
