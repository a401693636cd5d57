package org.stonechat.ticket.rights;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How roles are kept in mind.
@ConfigMapping(prefix = "stonechat.rights")
interface RightsConfig {

    /// How long another replica may go on by the rights that were changed here.
    @WithDefault("PT2S")
    Duration refresh();
}
