package org.stonechat.review.connector.trustpilot;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// What the platform's documentation leaves open.
@ConfigMapping(prefix = "stonechat.trustpilot")
public interface TrustpilotConfig {

    /// Not documented.
    @WithDefault("4000")
    int replyCharacters();
}
