package org.stonechat.notification.inapp;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How long in-app notifications are kept.
@ConfigMapping(prefix = "stonechat.notifications")
public interface NoticeConfig {

    @WithDefault("P90D")
    Duration keep();

    @WithDefault("PT1H")
    Duration purgeEvery();
}
