package org.stonechat.notification.incoming;

import java.time.Duration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// The server that holds the mailboxes. There is one per installation; an administrator names mailboxes, not
/// hosts, so that nobody can make this service connect anywhere.
@ConfigMapping(prefix = "stonechat.imap")
public interface ImapConfig {

    @WithDefault("localhost")
    String host();

    @WithDefault("13143")
    int port();

    @WithDefault("NONE")
    Tls tls();

    @WithDefault("PT5S")
    Duration connectTimeout();

    @WithDefault("PT20S")
    Duration readTimeout();

    enum Tls {
        NONE,
        STARTTLS,
        TLS
    }
}
