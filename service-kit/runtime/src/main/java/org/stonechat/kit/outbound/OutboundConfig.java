package org.stonechat.kit.outbound;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// What calls to configured addresses may reach, and how long they may take.
@ConfigMapping(prefix = "stonechat.outbound")
public interface OutboundConfig {

    /// A switch for development: this machine may be called, and without TLS. Never in production, where whoever
    /// configures an address would reach what listens beside the service. Private networks are called in neither.
    @WithDefault("false")
    boolean loopback();

    /// When set, only these hosts may be called.
    Optional<List<String>> allowedHosts();

    @WithDefault("PT5S")
    Duration connectTimeout();

    /// For the whole exchange: from looking the host up to the last byte of the answer.
    @WithDefault("PT15S")
    Duration timeout();

    /// The most that is read of an answer.
    @WithDefault("25M")
    MemorySize largestAnswer();

    /// The most that an answer's headers may come to; more is no answer.
    @WithDefault("16K")
    MemorySize largestHead();
}
