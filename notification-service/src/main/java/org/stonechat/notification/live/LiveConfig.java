package org.stonechat.notification.live;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// Bounds of the live streams.
@ConfigMapping(prefix = "stonechat.live")
public interface LiveConfig {

    /// A comment is sent after this long a silence, so that nobody between takes the stream for dead.
    @WithDefault("PT15S")
    Duration keepAlive();

    /// How long what was told is kept for those who resume.
    @WithDefault("PT24H")
    Duration keep();

    @WithDefault("PT10M")
    Duration purgeEvery();

    /// How many streams one replica carries.
    @WithDefault("2000")
    int mostStreams();

    @WithDefault("10")
    int mostStreamsPerPerson();

    /// A client that takes longer to accept a line is dropped; it resumes with its last id.
    @WithDefault("PT20S")
    Duration slowestClient();

    /// How many of the newest lines are held in memory for all streams together.
    @WithDefault("4000")
    int tail();

    /// How soon a line is told that was not announced, or that waits for an older transaction to end.
    @WithDefault("PT0.02S")
    Duration retryPending();

    @WithDefault("PT1S")
    Duration pollInterval();
}
