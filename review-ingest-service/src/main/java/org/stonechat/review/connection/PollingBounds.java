package org.stonechat.review.connection;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// What an admin may choose as a poll interval.
@ConfigMapping(prefix = "stonechat.poll-interval")
interface PollingBounds {

    @WithDefault("PT1M")
    Duration usual();

    @WithDefault("PT1S")
    Duration shortest();

    @WithDefault("P1D")
    Duration longest();
}
