package org.stonechat.kit.outbound;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/// One request, with bounds of its own where the usual ones do not fit.
///
/// @param limit          how many bytes of the answer are read; null for as many as the configuration allows
/// @param connectTimeout null for the configured one
/// @param timeout        for the whole exchange; null for the configured one
public record OutboundCall(
        String method,
        URI uri,
        Map<String, String> headers,
        byte @Nullable [] body,
        @Nullable Long limit,
        @Nullable Duration connectTimeout,
        @Nullable Duration timeout) {

    public static OutboundCall of(String method, URI uri) {
        return new OutboundCall(method, uri, Map.of(), null, null, null, null);
    }

    public OutboundCall with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new OutboundCall(method, uri, more, body, limit, connectTimeout, timeout);
    }

    public OutboundCall with(byte[] content) {
        return new OutboundCall(method, uri, headers, content, limit, connectTimeout, timeout);
    }

    public OutboundCall with(String content) {
        return with(content.getBytes(StandardCharsets.UTF_8));
    }

    public OutboundCall reading(long most) {
        return new OutboundCall(method, uri, headers, body, most, connectTimeout, timeout);
    }

    public OutboundCall within(Duration connecting, Duration all) {
        return new OutboundCall(method, uri, headers, body, limit, connecting, all);
    }

    /// Neither headers nor body, which may be secret.
    @Override
    public String toString() {
        return method + " " + Origin.of(uri);
    }
}
