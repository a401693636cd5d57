package org.stonechat.review.webhook;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// What is taken from senders of webhooks.
@ConfigMapping(prefix = "stonechat.webhook")
public interface WebhookConfig {

    /// How far the sender's clock may be from ours; what is older cannot be told from a replay.
    @WithDefault("PT5M")
    Duration tolerance();

    /// How long a webhook's id is remembered; longer than the tolerance.
    @WithDefault("P1D")
    Duration remember();

    /// In bytes.
    @WithDefault("262144")
    int largest();
}
