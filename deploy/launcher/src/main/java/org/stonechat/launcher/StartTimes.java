package org.stonechat.launcher;

import java.time.Instant;
import java.util.Map;

/// How long the last start of a platform took.
///
/// @param at when it began
/// @param buildSeconds what came before any part: building, fetching and copying; 0 when all of it was there
/// @param readySeconds from the first part's start until every part was ready
/// @param partSeconds the same for each part alone, from its own start
public record StartTimes(Instant at, double buildSeconds, double readySeconds, Map<String, Double> partSeconds) {}
