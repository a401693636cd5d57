package org.stonechat.gateway;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// The names this answers to: that of the public address, and those that are configured beside it.
@Singleton
class KnownHosts {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Set<String> known = new HashSet<>();

    KnownHosts(GatewayConfig config, @ConfigProperty(name = "stonechat.public-url") URI publicUrl) {
        String host = String.valueOf(publicUrl.getHost()).toLowerCase(Locale.ROOT);
        known.add(host);
        if (LOOPBACK.contains(host)) {
            known.addAll(LOOPBACK);
        }
        config.hosts().orElse(List.of()).forEach(name -> known.add(name.strip().toLowerCase(Locale.ROOT)));
    }

    boolean knows(@Nullable String host) {
        return host != null && known.contains(host);
    }
}
