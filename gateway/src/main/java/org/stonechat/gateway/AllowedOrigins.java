package org.stonechat.gateway;

import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/// Which pages may call. Quarkus's CORS filter, which stands behind this, words its headers; this words the
/// refusal.
@Singleton
class AllowedOrigins {

    private final List<String> listed;

    AllowedOrigins(@ConfigProperty(name = "quarkus.http.cors.origins") Optional<List<String>> listed) {
        this.listed = listed.orElse(List.of());
    }

    /// True for requests that no page made, for pages of this origin, and for those of the listed ones.
    boolean allow(HttpServerRequest request, TrustedProxies.Caller caller) {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin == null || origin.equals(own(caller)) || listed.stream().anyMatch(entry -> fits(entry, origin));
    }

    /// As Quarkus reads the list: `*`, `/a regular expression/`, or the origin itself.
    private static boolean fits(String entry, String origin) {
        if (entry.length() > 2 && entry.startsWith("/") && entry.endsWith("/")) {
            return origin.matches(entry.substring(1, entry.length() - 1));
        }
        return entry.equals("*") || entry.equals(origin);
    }

    private static @Nullable String own(TrustedProxies.Caller caller) {
        return caller.authority() == null ? null : caller.scheme() + "://" + caller.authority();
    }
}
