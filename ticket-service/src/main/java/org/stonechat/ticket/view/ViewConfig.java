package org.stonechat.ticket.view;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How much work lists may make.
@ConfigMapping(prefix = "stonechat.views")
public interface ViewConfig {

    /// How long the saved views of one request may take to be counted, all of them together.
    @WithDefault("PT1S")
    Duration countPatience();

    /// How long a page of a list, a search, or the tickets of a bulk job may take to be found.
    @WithDefault("PT5S")
    Duration pagePatience();
}
