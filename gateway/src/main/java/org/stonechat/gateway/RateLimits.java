package org.stonechat.gateway;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Singleton;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;

import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.vertx.core.MultiMap;

/// A token bucket per caller. Each gateway counts for itself, so n of them together allow up to n times as much.
@Singleton
class RateLimits {

    private static final int CALLERS_REMEMBERED = 100_000;

    private final GatewayConfig.RateLimit config;
    private final LoadingCache<String, Bucket> buckets;

    RateLimits(GatewayConfig config) {
        this.config = config.rateLimit();
        // A bucket that was left alone until it is full again says no more than a new one.
        Duration full = Duration.ofSeconds(this.config.burst() / this.config.perSecond() + 1);
        this.buckets = Caffeine.newBuilder()
                .maximumSize(CALLERS_REMEMBERED)
                .expireAfterAccess(full)
                .build(caller -> bucket());
    }

    /// Takes one request from the caller's bucket, and writes how it stands to the response's headers.
    ///
    /// @return whether the request may pass
    boolean admit(String caller, MultiMap responseHeaders) {
        if (!config.enabled()) {
            return true;
        }
        ConsumptionProbe probe = buckets.get(caller).tryConsumeAndReturnRemaining(1);
        long window = Math.max(1, config.burst() / config.perSecond());
        responseHeaders.set("RateLimit-Policy", "\"caller\";q=" + config.burst() + ";w=" + window);
        responseHeaders.set(
                "RateLimit",
                "\"caller\";r=" + probe.getRemainingTokens() + ";t=" + seconds(probe.getNanosToWaitForReset()));
        if (!probe.isConsumed()) {
            responseHeaders.set("Retry-After", Long.toString(seconds(probe.getNanosToWaitForRefill())));
        }
        return probe.isConsumed();
    }

    private Bucket bucket() {
        return Bucket.builder()
                .addLimit(
                        limit -> limit.capacity(config.burst()).refillGreedy(config.perSecond(), Duration.ofSeconds(1)))
                .build();
    }

    private static long seconds(long nanos) {
        return Math.max(1, TimeUnit.NANOSECONDS.toSeconds(nanos + 999_999_999));
    }
}
