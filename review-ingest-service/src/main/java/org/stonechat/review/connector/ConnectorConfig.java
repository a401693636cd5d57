package org.stonechat.review.connector;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How patient this service is with platforms.
@ConfigMapping(prefix = "stonechat.connector")
public interface ConnectorConfig {

    @WithDefault("PT3S")
    Duration connectTimeout();

    /// For a whole exchange. Must stay well below the timeout of the work that makes the call.
    @WithDefault("PT10S")
    Duration readTimeout();

    /// In bytes; a longer answer counts as no answer.
    @WithDefault("33554432")
    long largestAnswer();
}
