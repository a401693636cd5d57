package org.stonechat.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/// What of the headers goes through the gateway, and what it adds.
final class EdgeHeaders {

    static final String CORRELATION_ID = "X-Correlation-Id";

    /// RFC 9110, section 7.6.1, and what used to be listed by RFC 2616.
    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private static final List<String> FORWARDED = List.of(
            "Forwarded",
            "X-Forwarded-For",
            "X-Forwarded-Host",
            "X-Forwarded-Port",
            "X-Forwarded-Prefix",
            "X-Forwarded-Proto",
            "X-Forwarded-Server",
            "X-Forwarded-Ssl",
            "X-Real-Ip");

    /// Tracing has read these, and writes its own when the request is sent; left here they would be there twice.
    private static final List<String> TRACE = List.of("traceparent", "tracestate", "baggage");

    private EdgeHeaders() {}

    /// Names the caller to the service. What was said about that on the way here is dropped: what of it can be believed
    /// is in `caller`.
    static void towardsService(MultiMap headers, TrustedProxies.Caller caller, String correlationId) {
        dropHopByHop(headers);
        FORWARDED.forEach(headers::remove);
        TRACE.forEach(headers::remove);
        // The gateway has answered 100 Continue itself by now.
        headers.remove(HttpHeaders.EXPECT);
        headers.set("X-Forwarded-For", caller.address());
        headers.set("X-Forwarded-Proto", caller.scheme());
        String authority = caller.authority();
        if (authority != null) {
            headers.set("X-Forwarded-Host", authority);
        }
        headers.set(CORRELATION_ID, correlationId);
    }

    static void towardsCaller(MultiMap headers) {
        dropHopByHop(headers);
        headers.remove(HttpHeaders.SERVER);
        // The gateway's own word stands already on the response.
        headers.remove(CORRELATION_ID);
        List<String> corsOfService = headers.names().stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"))
                .toList();
        corsOfService.forEach(headers::remove);
    }

    /// Set last, and only where the service said nothing itself: its pages know what they need.
    static void addSecurityHeaders(MultiMap headers, boolean encrypted) {
        setIfAbsent(headers, "X-Content-Type-Options", "nosniff");
        setIfAbsent(headers, "X-Frame-Options", "DENY");
        setIfAbsent(headers, "Referrer-Policy", "same-origin");
        setIfAbsent(headers, "Cross-Origin-Resource-Policy", "same-site");
        setIfAbsent(headers, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        if (encrypted) {
            setIfAbsent(headers, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        }
    }

    private static void setIfAbsent(MultiMap headers, String name, String value) {
        if (!headers.contains(name)) {
            headers.set(name, value);
        }
    }

    private static void dropHopByHop(MultiMap headers) {
        List<String> drop = new ArrayList<>(HOP_BY_HOP);
        for (String listed : headers.getAll(HttpHeaders.CONNECTION)) {
            for (String name : listed.split(",")) {
                drop.add(name.strip());
            }
        }
        drop.stream().filter(name -> !name.isEmpty()).forEach(headers::remove);
    }
}
