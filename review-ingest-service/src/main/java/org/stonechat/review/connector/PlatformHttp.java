package org.stonechat.review.connector;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventJson;
import org.stonechat.kit.outbound.Outbound;
import org.stonechat.kit.outbound.OutboundCall;
import org.stonechat.kit.outbound.OutboundFailure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/// JSON over HTTP as platforms speak it, with their refusals as [ConnectorFailure].
///
/// Redirects are not followed ([Outbound]): a token must never travel to a host that the connection does not name.
@ApplicationScoped
public class PlatformHttp {

    private static final Duration RETRY_AFTER_UNSAID = Duration.ofSeconds(60);
    private static final Duration RETRY_AFTER_AT_MOST = Duration.ofHours(6);

    private final Outbound outbound;
    private final InstantSource clock;
    private final ConnectorConfig config;

    PlatformHttp(Outbound outbound, InstantSource clock, ConnectorConfig config) {
        this.outbound = outbound;
        this.clock = clock;
        this.config = config;
    }

    public JsonNode get(String what, URI uri, String token) {
        return json(what, send(what, authorized("GET", uri, token)));
    }

    /// @return the body, which platforms often leave empty
    public String postJson(String what, URI uri, String token, Object body) {
        return send(what, withJson(authorized("POST", uri, token), body));
    }

    public JsonNode postForJson(String what, URI uri, String token, Object body) {
        return json(what, postJson(what, uri, token, body));
    }

    public String putJson(String what, URI uri, String token, Object body) {
        return send(what, withJson(authorized("PUT", uri, token), body));
    }

    public void delete(String what, URI uri, String token) {
        send(what, authorized("DELETE", uri, token));
    }

    /// Posts a form without a token: how tokens are got.
    public JsonNode postForm(String what, URI uri, Map<String, String> form) {
        return json(what, send(what, form(uri, form)));
    }

    /// The same with the client's name and secret as RFC 7617 sends them.
    public JsonNode postForm(String what, URI uri, Map<String, String> form, String name, String secret) {
        String basic = Base64.getEncoder().encodeToString((name + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return json(what, send(what, form(uri, form).with("Authorization", "Basic " + basic)));
    }

    private OutboundCall form(URI uri, Map<String, String> form) {
        return request("POST", uri)
                .with("Content-Type", "application/x-www-form-urlencoded")
                .with(WebAddress.query(form));
    }

    private static OutboundCall withJson(OutboundCall call, Object body) {
        return call.with("Content-Type", "application/json").with(EventJson.write(body));
    }

    private OutboundCall authorized(String method, URI uri, String token) {
        return request(method, uri).with("Authorization", "Bearer " + token);
    }

    private OutboundCall request(String method, URI uri) {
        return OutboundCall.of(method, uri)
                .with("Accept", "application/json")
                .reading(config.largestAnswer())
                .within(config.connectTimeout(), config.readTimeout());
    }

    private String send(String what, OutboundCall call) {
        Outbound.Answer answer;
        try {
            answer = outbound.send(call);
        } catch (Outbound.Refused | OutboundFailure failure) {
            throw ConnectorFailure.unreachable(what, failure);
        }
        int status = answer.status();
        if (status >= 200 && status < 300) {
            if (!answer.whole()) {
                throw ConnectorFailure.unreachable(what, null);
            }
            return new String(answer.body(), StandardCharsets.UTF_8);
        }
        String answered = what + ": the platform answered " + status;
        throw switch (status) {
            case 401 -> new ConnectorFailure(ConnectorFailure.Kind.AUTH, answered);
            case 403 -> new ConnectorFailure(ConnectorFailure.Kind.FORBIDDEN, answered);
            case 404, 410 -> new ConnectorFailure(ConnectorFailure.Kind.NOT_FOUND, answered);
            case 429 ->
                ConnectorFailure.rateLimited(
                        answered, retryAfter(answer.header("Retry-After").orElse(null)));
            case 408, 425 -> new ConnectorFailure(ConnectorFailure.Kind.TRANSIENT, answered);
            default ->
                new ConnectorFailure(
                        status >= 500 ? ConnectorFailure.Kind.TRANSIENT : ConnectorFailure.Kind.VALIDATION, answered);
        };
    }

    /// `Retry-After` is a number of seconds or a date (RFC 9110, section 10.2.3); one that is neither counts
    /// as a minute, and no platform can send us away for longer than a few hours.
    private Duration retryAfter(@Nullable String header) {
        if (header == null) {
            return RETRY_AFTER_UNSAID;
        }
        Duration asked;
        try {
            asked = Duration.ofSeconds(Long.parseLong(header.strip()));
        } catch (NumberFormatException notSeconds) {
            try {
                ZonedDateTime date = ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
                asked = Duration.between(clock.instant(), date.toInstant());
            } catch (DateTimeParseException neither) {
                return RETRY_AFTER_UNSAID;
            }
        }
        if (asked.isNegative()) {
            return Duration.ZERO;
        }
        return asked.compareTo(RETRY_AFTER_AT_MOST) > 0 ? RETRY_AFTER_AT_MOST : asked;
    }

    private static JsonNode json(String what, String body) {
        ObjectMapper mapper = EventJson.MAPPER;
        try {
            return mapper.readTree(body);
        } catch (JsonProcessingException malformed) {
            // A proxy's error page under a 200, or an answer cut short: the next attempt may do better.
            throw ConnectorFailure.unreachable(what, malformed);
        }
    }
}
