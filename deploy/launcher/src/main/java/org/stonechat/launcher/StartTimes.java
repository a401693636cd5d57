package org.stonechat.launcher;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// How long the last start of a platform took.
///
/// @param at when somebody asked for it
/// @param buildSeconds of that for building; 0 when nothing had to be built
/// @param readySeconds what was waited besides, until every part was ready and the demo
///     world was set up
/// @param partSeconds of each part alone, from its own start until it was ready
public record StartTimes(Instant at, double buildSeconds, double readySeconds, Map<String, Double> partSeconds) {

    /// Of a start that has just come to its end.
    static StartTimes until(Instant now, Instant at, Duration building, Map<String, Double> partSeconds) {
        Duration waited = Duration.between(at, now).minus(building);
        return new StartTimes(at, building.toMillis() / 1000.0, waited.toMillis() / 1000.0, partSeconds);
    }
}
