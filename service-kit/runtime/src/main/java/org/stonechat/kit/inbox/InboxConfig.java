package org.stonechat.kit.inbox;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How events are taken in.
@ConfigMapping(prefix = "stonechat.inbox")
public interface InboxConfig {

    /// Only a control run of the tests says false: everything that comes twice is then done twice.
    @WithDefault("true")
    boolean enabled();

    /// The first pause after a failure that may pass; doubled up to [#longestPause].
    @WithDefault("PT0.1S")
    Duration firstPause();

    @WithDefault("PT10S")
    Duration longestPause();

    /// How often a live batch looks whether a rebuild has ended.
    @WithDefault("PT0.2S")
    Duration rebuildPoll();
}
