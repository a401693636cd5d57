package org.stonechat.ticket.outbound;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// What calls to configured addresses may reach, and how long they may take.
@ConfigMapping(prefix = "stonechat.outbound")
public interface OutboundConfig {

    /// Whether addresses of this machine and of private networks may be called. For development, and where a
    /// messenger runs in the same network.
    @WithDefault("false")
    boolean privateNetworks();

    /// When set, only these hosts may be called.
    Optional<List<String>> allowedHosts();

    @WithDefault("PT5S")
    Duration connectTimeout();

    @WithDefault("PT15S")
    Duration timeout();

    /// The most that is read of an answer.
    @WithDefault("25M")
    MemorySize largestAnswer();
}
