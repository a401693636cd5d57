package org.stonechat.review.connector;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/// JSON over HTTP as platforms speak it, with their refusals as [ConnectorFailure].
///
/// Redirects are not followed: a token must never travel to a host that the connection does not name.
@ApplicationScoped
public class PlatformHttp {

    private static final Duration RETRY_AFTER_UNSAID = Duration.ofSeconds(60);
    private static final Duration RETRY_AFTER_AT_MOST = Duration.ofHours(6);

    private final HttpClient client;
    private final InstantSource clock;
    private final ConnectorConfig config;

    PlatformHttp(InstantSource clock, ConnectorConfig config) {
        this.clock = clock;
        this.config = config;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(config.connectTimeout())
                .build();
    }

    public JsonNode get(String what, URI uri, String token) {
        return json(what, send(what, authorized(uri, token).GET().build()));
    }

    /// @return the body, which platforms often leave empty
    public String postJson(String what, URI uri, String token, Object body) {
        return send(
                what,
                authorized(uri, token)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(EventJson.write(body)))
                        .build());
    }

    public JsonNode postForJson(String what, URI uri, String token, Object body) {
        return json(what, postJson(what, uri, token, body));
    }

    public String putJson(String what, URI uri, String token, Object body) {
        return send(
                what,
                authorized(uri, token)
                        .header("Content-Type", "application/json")
                        .PUT(HttpRequest.BodyPublishers.ofString(EventJson.write(body)))
                        .build());
    }

    public void delete(String what, URI uri, String token) {
        send(what, authorized(uri, token).DELETE().build());
    }

    /// Posts a form without a token: how tokens are got.
    public JsonNode postForm(String what, URI uri, Map<String, String> form) {
        return json(what, send(what, form(uri, form).build()));
    }

    /// The same with the client's name and secret as RFC 7617 sends them.
    public JsonNode postForm(String what, URI uri, Map<String, String> form, String name, String secret) {
        String basic = Base64.getEncoder().encodeToString((name + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return json(
                what,
                send(
                        what,
                        form(uri, form)
                                .header("Authorization", "Basic " + basic)
                                .build()));
    }

    private HttpRequest.Builder form(URI uri, Map<String, String> form) {
        return request(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(WebAddress.query(form)));
    }

    private HttpRequest.Builder authorized(URI uri, String token) {
        return request(uri).header("Authorization", "Bearer " + token);
    }

    private HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(config.readTimeout()).header("Accept", "application/json");
    }

    private String send(String what, HttpRequest request) {
        HttpResponse<String> response;
        try {
            response = client.send(
                    request,
                    HttpResponse.BodyHandlers.limiting(
                            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), config.largestAnswer()));
        } catch (IOException failure) {
            throw new ConnectorFailure(
                    ConnectorFailure.Kind.TRANSIENT,
                    what + ": no answer from " + request.uri().getHost(),
                    failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ConnectorFailure(ConnectorFailure.Kind.TRANSIENT, what + ": interrupted", interrupted);
        }
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return response.body();
        }
        String answered = what + ": the platform answered " + status;
        throw switch (status) {
            case 401 -> new ConnectorFailure(ConnectorFailure.Kind.AUTH, answered);
            case 403 -> new ConnectorFailure(ConnectorFailure.Kind.FORBIDDEN, answered);
            case 404, 410 -> new ConnectorFailure(ConnectorFailure.Kind.NOT_FOUND, answered);
            case 429 ->
                ConnectorFailure.rateLimited(
                        answered,
                        retryAfter(response.headers().firstValue("Retry-After").orElse(null)));
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
            throw new ConnectorFailure(
                    ConnectorFailure.Kind.TRANSIENT, what + ": the platform's answer is not JSON", malformed);
        }
    }
}
