package org.stonechat.ticket.agent;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// How people are mirrored.
@ConfigMapping(prefix = "stonechat.directory")
interface DirectoryConfig {

    /// How often the identity provider is asked; one replica at a time does it.
    @WithDefault("PT30S")
    Duration poll();

    /// How often the identity provider is asked whose account is disabled, which is one small question; each replica
    /// asks.
    @WithDefault("PT3S")
    Duration look();

    /// False where the people come from somewhere else, as in tests.
    @WithDefault("true")
    boolean enabled();

    /// The realm whose people work here.
    @WithDefault("stonechat")
    String realm();
}
