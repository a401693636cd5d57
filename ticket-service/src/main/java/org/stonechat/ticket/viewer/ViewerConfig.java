package org.stonechat.ticket.viewer;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How soon somebody counts as gone from a ticket, and how much is kept open for it.
@ConfigMapping(prefix = "stonechat.viewers")
public interface ViewerConfig {

    /// A viewer that has not been heard of for this long is gone: its window, or the replica that served it.
    @WithDefault("PT12S")
    Duration viewingLease();

    /// Somebody who has not typed for this long types no more.
    @WithDefault("PT6S")
    Duration typingLease();

    /// How often an open stream is looked at: whether its client is still there.
    @WithDefault("PT1S")
    Duration look();

    /// How often an open stream renews its lease, and says so to whatever lies between.
    @WithDefault("PT4S")
    Duration keepAlive();

    /// A client that does not take an event for this long is dropped.
    @WithDefault("PT5S")
    Duration slowestClient();

    @WithDefault("5000")
    int mostStreams();

    @WithDefault("20")
    int mostStreamsPerPerson();
}
