package org.stonechat.review.polling;

import java.time.Duration;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;

/// How long a connection stays away from its platform after a failure.
///
/// @param interval the connection's own
/// @param longest  after failures in a row, unless the interval is longer still
/// @param chance   makes a pause up to a fifth longer, so that those who failed together do not come back together
record Pauses(Duration interval, Duration longest, RandomGenerator chance) {

    private static final double LONGER_BY = 0.2;
    private static final int MOST_DOUBLINGS = 20;

    /// @param failures   in a row, the last one included
    /// @param retryAfter what the platform asks for; it is never called earlier
    Duration after(int failures, @Nullable Duration retryAfter) {
        if (retryAfter != null) {
            return jittered(retryAfter.compareTo(interval) > 0 ? retryAfter : interval);
        }
        Duration pause = interval.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        Duration most = interval.compareTo(longest) > 0 ? interval : longest;
        return jittered(pause.compareTo(most) > 0 ? most : pause);
    }

    private Duration jittered(Duration pause) {
        return pause.plusMillis((long) (pause.toMillis() * chance.nextDouble(LONGER_BY)));
    }
}
