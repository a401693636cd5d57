package org.stonechat.kit.rest;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How long stored responses can be had again.
@ConfigMapping(prefix = "stonechat.idempotency")
public interface IdempotencyConfig {

    @WithDefault("PT24H")
    Duration keep();

    @WithDefault("PT1H")
    Duration purgeEvery();
}
