package org.stonechat.e2e.bench;

import java.util.Arrays;

/// How long things took, each single one.
final class Latencies {

    private static final double NANOS_PER_MILLI = 1_000_000;

    private long[] nanos = new long[1024];
    private int count;

    void add(long duration) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = duration;
    }

    void addAll(Latencies others) {
        for (int i = 0; i < others.count; i++) {
            add(others.nanos[i]);
        }
    }

    int count() {
        return count;
    }

    /// The smallest duration that so many per cent of all do not exceed, in milliseconds.
    ///
    /// @throws IllegalStateException when nothing was measured
    double percentile(double percent) {
        if (count == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100 * count);
        return sorted[Math.max(1, rank) - 1] / NANOS_PER_MILLI;
    }
}
