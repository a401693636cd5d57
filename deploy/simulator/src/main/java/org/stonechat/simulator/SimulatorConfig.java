package org.stonechat.simulator;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// What the outside world can be told.
@ConfigMapping(prefix = "stonechat.simulator")
public interface SimulatorConfig {

    /// Where reviews are kept, one file each.
    Path directory();

    Platform platform();

    Mail mail();

    /// The review platform.
    interface Platform {
        @WithDefault("sim-client")
        String clientId();

        @WithDefault("sim-secret")
        String clientSecret();

        @WithDefault("https://api.etrusted.com")
        String audience();

        /// The documentation shows an hour, sample tokens live five minutes.
        @WithDefault("300S")
        Duration tokenLifetime();
    }

    /// The mail server that holds the mailboxes.
    interface Mail {
        String host();

        int port();

        /// Mailboxes of the shops. Whoever wrote to them is a customer, whose mailbox is shown too.
        @WithDefault("support@northwind.example,care@linden.example")
        List<String> shops();

        @WithDefault("carl@customers.example")
        List<String> customers();

        @WithDefault("5S")
        Duration timeout();
    }
}
