package org.stonechat.review.reply;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How answers are published.
@ConfigMapping(prefix = "stonechat.reply")
public interface ReplyConfig {

    /// After this many attempts an answer has failed.
    @WithDefault("12")
    int attempts();

    /// How often to look whether refused credentials have been mended.
    @WithDefault("PT5M")
    Duration whileRefused();
}
