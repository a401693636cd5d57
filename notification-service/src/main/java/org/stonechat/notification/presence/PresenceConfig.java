package org.stonechat.notification.presence;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How soon somebody counts as gone.
@ConfigMapping(prefix = "stonechat.presence")
public interface PresenceConfig {

    /// A stream that has not been heard of for this long died with its replica.
    @WithDefault("PT45S")
    Duration expiry();

    /// A stream that ends and comes back within this time was only reconnecting.
    @WithDefault("PT10S")
    Duration debounce();
}
