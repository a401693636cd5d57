package org.stonechat.kit.rest;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How long a repeated call is known, and how long its answer can be had again in full.
@ConfigMapping(prefix = "stonechat.idempotency")
public interface IdempotencyConfig {

    /// For so long a call is never done twice.
    @WithDefault("PT24H")
    Duration keep();

    /// For so long the body of its answer is kept, which may hold personal data; after that a repetition gets status,
    /// `Location` and `ETag`.
    @WithDefault("PT1H")
    Duration keepBody();

    @WithDefault("PT10M")
    Duration purgeEvery();
}
