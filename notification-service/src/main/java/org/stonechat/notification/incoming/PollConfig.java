package org.stonechat.notification.incoming;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How often mailboxes are looked at, and how long reading a mail may take.
@ConfigMapping(prefix = "stonechat.mail")
public interface PollConfig {

    /// The pause between two looks into the same mailbox. Two seconds suit one machine; take more against a
    /// server that others use as well.
    @WithDefault("PT2S")
    Duration poll();

    /// The longest pause after failed looks; it doubles from the usual one.
    @WithDefault("PT5M")
    Duration longestPause();

    /// How long a mail may be read in its turn, while the ones behind it wait.
    @WithDefault("PT5S")
    Duration readingTime();

    /// How long a mail that takes longer may be read apart from the others, and a second more for each megabyte;
    /// what could be read by then is kept.
    @WithDefault("PT45S")
    Duration readingTimeApart();
}
