package org.stonechat.kit.edge;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// What callers may send, and how slowly. How long a body may keep silent is Quarkus's own
/// (`quarkus.http.read-timeout`).
@ConfigMapping(prefix = "stonechat.requests")
public interface EdgeConfig {

    /// The largest body of a path that is not named below.
    @WithDefault("1M")
    MemorySize maxBody();

    /// Those of paths that need more or less; a `*` stands for any one segment.
    Map<String, MemorySize> maxBodyOf();

    /// Paths that write what comes to a file instead of holding it; their bodies do not count as in flight.
    Optional<List<String>> spooled();

    /// How much of all bodies together may be held in memory. What comes beyond is asked to come again in a second.
    @WithDefault("48M")
    MemorySize bytesInFlight();

    /// How much of that is left to bodies of at most 64 KB, so that announcing large ones shuts out nobody else.
    @WithDefault("6M")
    MemorySize smallBodies();

    /// How much of bodies that are written to files may lie there, all together.
    @WithDefault("512M")
    MemorySize spooledBytes();

    /// How long the request line and the headers may take.
    @WithDefault("10S")
    Duration headerTimeout();

    /// How long a body may keep silent.
    @WithDefault("20S")
    Duration bodySilence();

    /// How much of a body has to come in a second, on average.
    @WithDefault("1K")
    MemorySize bodyRate();

    /// How long a body may take before that average counts.
    @WithDefault("10S")
    Duration bodyGrace();

    /// How long a reader may leave what was written to it before its connection is closed.
    @WithDefault("60S")
    Duration writeTimeout();
}
