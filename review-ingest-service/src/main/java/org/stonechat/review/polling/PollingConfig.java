package org.stonechat.review.polling;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How platforms are walked through.
@ConfigMapping(prefix = "stonechat.polling")
public interface PollingConfig {

    /// How far before its watermark a walk begins: platforms list late what they took in early.
    @WithDefault("PT10M")
    Duration overlap();

    /// How often everything is read again, for what the two quick walks cannot see.
    @WithDefault("P1D")
    Duration fullWalkEvery();

    /// How long one piece of work pages on before it hands over to the next; well below its lease.
    @WithDefault("PT20S")
    Duration stretch();

    /// A walk longer than this has lost its way and begins anew.
    @WithDefault("20000")
    int longestWalk();

    /// How many reviews that were not met are looked up after one walk through everything; the others wait
    /// for the next.
    @WithDefault("500")
    int lookUps();

    /// The longest pause after failures in a row; the first is the connection's own interval.
    @WithDefault("PT15M")
    Duration longestPause();
}
