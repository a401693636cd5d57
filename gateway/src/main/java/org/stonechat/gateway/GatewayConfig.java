package org.stonechat.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /// How long the request line and the headers may take before the connection is closed with 408.
    @WithDefault("10S")
    Duration headerTimeout();

    /// How long a small body (`replayBody`) may take before the request is given up with 408.
    @WithDefault("30S")
    Duration bodyTimeout();

    /// How long a larger one may keep silent meanwhile.
    @WithDefault("20S")
    Duration bodySilence();

    /// How much of a body has to come in a second, on average.
    @WithDefault("1K")
    MemorySize bodyRate();

    /// How long a body may take before that average counts.
    @WithDefault("10S")
    Duration bodyGrace();

    /// How long a larger one may take altogether.
    @WithDefault("5M")
    Duration uploadTimeout();

    /// How long a reader may leave what was written to it before its connection is closed.
    @WithDefault("60S")
    Duration writeTimeout();

    /// The largest request body of a path that is not named below.
    @WithDefault("1M")
    MemorySize maxBody();

    /// The largest bodies of paths that need more or less; a `*` stands for any one segment.
    Map<String, MemorySize> maxBodyOf();

    /// How much of all bodies together may be held here on their way. What comes beyond is asked to come again.
    @WithDefault("48M")
    MemorySize bytesInFlight();

    /// How much of that one caller may hold, told apart as for the rate limit: a sixteenth leaves room for others
    /// whatever one does.
    @WithDefault("3M")
    MemorySize callerBytesInFlight();

    /// Bodies up to this size are kept until the answer is there, so that they can be sent to another replica.
    @WithDefault("64K")
    MemorySize replayBody();

    /// Connections to one replica for ordinary calls.
    @WithDefault("500")
    int connectionsPerReplica();

    /// Connections to one replica for live streams, each of which holds one for as long as it lasts. They are counted
    /// apart, so that ordinary calls find room however many people watch.
    @WithDefault("5000")
    int liveStreamsPerReplica();

    /// Requests that may wait for a connection to a replica before more are refused with 503.
    @WithDefault("1000")
    int waitingPerReplica();

    /// How long a token that was found good is passed on without being looked at again. The service behind
    /// checks every one itself.
    @WithDefault("10S")
    Duration rememberToken();

    /// Addresses and networks (`10.0.0.0/8`) of the proxies in front; they alone are believed when they say for whom
    /// they speak.
    Optional<List<String>> trustedProxies();

    /// Where those proxies say it.
    @WithDefault("x-forwarded")
    ProxyHeader proxyHeader();

    /// Host names that are ours beside that of the public address.
    Optional<List<String>> hosts();

    /// How long refusals of one kind are gathered before the log says how many followed the first.
    @WithDefault("60S")
    Duration refusalWindow();

    Health health();

    RateLimit rateLimit();

    /// The way a proxy names the caller.
    enum ProxyHeader {
        /// `X-Forwarded-For`, `-Proto` and `-Host`.
        X_FORWARDED,
        /// `Forwarded` (RFC 7239).
        FORWARDED
    }

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
