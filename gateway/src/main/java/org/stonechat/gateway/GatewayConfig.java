package org.stonechat.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// What the gateway can be told. Services and routes have their defaults in `application.properties`.
@ConfigMapping(prefix = "stonechat.gateway")
public interface GatewayConfig {

    /// Where the replicas of each service are reached, by the service's name.
    Map<String, List<URI>> services();

    /// The path prefixes each service owns, by the service's name. Whole segments are compared, the longest
    /// prefix wins.
    Map<String, List<String>> routes();

    /// Paths that need no access token; what stands behind them checks a signature of its own. A `*` stands
    /// for any one segment; nothing that lies below such a path is public with it.
    List<String> publicPaths();

    /// How long opening a connection to a replica may take before the next one is tried.
    @WithDefault("2S")
    Duration connectTimeout();

    /// How long a service may stay silent, after it has the whole request, before the caller gets a 504.
    @WithDefault("30S")
    Duration answerTimeout();

    /// How long a caller may take to send the whole body before the request is given up with 408.
    @WithDefault("5M")
    Duration uploadTimeout();

    /// The largest request body.
    @WithDefault("25M")
    MemorySize maxBody();

    /// Bodies up to this size are kept until the answer is there, so that they can be sent to another replica.
    @WithDefault("64K")
    MemorySize replayBody();

    /// Connections to one replica; each live stream holds one.
    @WithDefault("2000")
    int connectionsPerReplica();

    /// Requests that may wait for a connection to a replica before more are refused with 503.
    @WithDefault("1000")
    int waitingPerReplica();

    /// How long a token that was found good is passed on without being looked at again. The service behind
    /// checks every one itself.
    @WithDefault("10S")
    Duration rememberToken();

    Health health();

    RateLimit rateLimit();

    /// How the replicas are watched.
    interface Health {
        @WithDefault("1S")
        Duration interval();

        @WithDefault("2S")
        Duration timeout();
    }

    /// A token bucket per caller: the token's subject, or the address of who has none.
    interface RateLimit {
        @WithDefault("true")
        boolean enabled();

        @WithDefault("200")
        long perSecond();

        @WithDefault("400")
        long burst();
    }
}
