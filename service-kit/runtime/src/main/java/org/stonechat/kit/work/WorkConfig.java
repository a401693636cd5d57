package org.stonechat.kit.work;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How the worker of a process goes about due work.
@ConfigMapping(prefix = "stonechat.work")
public interface WorkConfig {

    /// False for a process that only schedules.
    @WithDefault("true")
    boolean enabled();

    /// How long the worker sleeps at most; bounds the delay when a notification is lost.
    @WithDefault("PT5S")
    Duration pollInterval();

    /// The pause after the first attempt; it doubles with every further one, give or take a fifth.
    @WithDefault("PT1S")
    Duration retryInitial();

    @WithDefault("PT10M")
    Duration retryMaximum();

    /// How long a piece of work is held without a sign of life from the process that does it; it is renewed
    /// all the while the work is done. After a crash the work waits this long for the next process.
    @WithDefault("PT15S")
    Duration lease();

    /// By how much the last lease outlives the longest attempt; also the most by which the replicas' clocks
    /// may differ.
    @WithDefault("PT5S")
    Duration leaseMargin();

    /// How long running work may go on after the process was told to stop.
    @WithDefault("PT10S")
    Duration shutdownGrace();

    /// How long finished work is kept to be looked at.
    @WithDefault("P7D")
    Duration keepFinished();

    /// How long finished work that was scheduled *once* is remembered, and therefore not done again.
    @WithDefault("P400D")
    Duration keepOnce();

    /// How often finished work is cleared away.
    @WithDefault("PT6H")
    Duration purgeEvery();
}
