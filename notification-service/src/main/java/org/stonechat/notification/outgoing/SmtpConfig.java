package org.stonechat.notification.outgoing;

import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// The server that takes outgoing mail.
@ConfigMapping(prefix = "stonechat.smtp")
public interface SmtpConfig {

    @WithDefault("localhost")
    String host();

    @WithDefault("13025")
    int port();

    @WithDefault("NONE")
    Tls tls();

    /// Without a user the server is used without a login.
    Optional<String> user();

    Optional<String> password();

    @WithDefault("PT5S")
    Duration connectTimeout();

    @WithDefault("PT15S")
    Duration timeout();

    enum Tls {
        NONE,
        STARTTLS,
        TLS
    }
}
