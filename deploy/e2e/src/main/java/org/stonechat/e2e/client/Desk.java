package org.stonechat.e2e.client;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

/// A person at work, or an integration: signed in through Keycloak, working through the gateway.
///
/// Safe for use by several threads.
public final class Desk {

    /// Well within the quarter of an hour that tokens live.
    private static final Duration RENEWAL = Duration.ofMinutes(8);

    private final Doors doors;
    private final Web web = new Web();
    private final Map<String, String> credentials;
    private final String name;
    private @Nullable Token token;

    private record Token(String text, long obtainedAt) {}

    private Desk(Doors doors, String name, Map<String, String> credentials) {
        this.doors = doors;
        this.name = name;
        this.credentials = credentials;
    }

    /// A person of the demo world, such as `alice`.
    public static Desk of(Doors doors, String user) {
        return of(doors, user, user + "-demo");
    }

    public static Desk of(Doors doors, String user, String password) {
        return new Desk(
                doors,
                user,
                Map.of(
                        "grant_type", "password",
                        "client_id", "stonechat-spa",
                        "scope", "openid",
                        "username", user,
                        "password", password));
    }

    /// The demo world's API client.
    public static Desk ofIntegration(Doors doors) {
        return new Desk(
                doors,
                "integration",
                Map.of(
                        "grant_type", "client_credentials",
                        "client_id", "stonechat-integration",
                        "client_secret", "integration-demo"));
    }

    public String name() {
        return name;
    }

    /// Signs in now instead of with the first request.
    ///
    /// @throws Disappointment when Keycloak refuses
    public Desk signIn() {
        token();
        return this;
    }

    /// The access token, renewed in time.
    public synchronized String token() {
        Token current = token;
        if (current == null || System.nanoTime() - current.obtainedAt() > RENEWAL.toNanos()) {
            long now = System.nanoTime();
            Answer answer = web.postForm(URI.create(doors.issuer() + "/protocol/openid-connect/token"), credentials)
                    .expecting(200);
            current = new Token(answer.json().required("access_token").asText(), now);
            token = current;
        }
        return current.text();
    }

    /// Who the signed-in person is, in tokens and events.
    public String id() {
        return get("agents/me").expecting(200).json().required("id").asText();
    }

    /// @param path below `/api/v1/`, with its query
    public Answer get(String path) {
        return web.send(to(path).GET());
    }

    public Answer post(String path, Object body) {
        return web.send(to(path).header("Content-Type", "application/json").POST(json(body)));
    }

    /// A `POST` that has its effect once, however often it is sent.
    public Answer postOnce(String path, Object body, UUID idempotencyKey) {
        return web.send(to(path).header("Content-Type", "application/json")
                .header("Idempotency-Key", idempotencyKey.toString())
                .POST(json(body)));
    }

    /// A `POST` to the version that was read.
    public Answer post(String path, String etag, Object body) {
        return web.send(to(path).header("Content-Type", "application/json")
                .header("If-Match", etag)
                .POST(json(body)));
    }

    public Answer put(String path, Object body) {
        return web.send(to(path).header("Content-Type", "application/json").PUT(json(body)));
    }

    public Answer put(String path, String etag, Object body) {
        return web.send(to(path).header("Content-Type", "application/json")
                .header("If-Match", etag)
                .PUT(json(body)));
    }

    /// A JSON Merge Patch to the version that was read.
    public Answer patch(String path, String etag, Object body) {
        return web.send(to(path).header("Content-Type", "application/merge-patch+json")
                .header("If-Match", etag)
                .method("PATCH", json(body)));
    }

    public Answer delete(String path) {
        return web.send(to(path).DELETE());
    }

    /// The first page of a collection.
    public JsonNode items(String path) {
        return get(path).expecting(200).json().required("items");
    }

    /// Opens a stream of server-sent events.
    public EventStream follow(String path) {
        return EventStream.open(web, to(path));
    }

    /// A request with the token in it, for what has no method here.
    public HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(doors.api(path)).header("Authorization", "Bearer " + token());
    }

    public Web web() {
        return web;
    }

    private static HttpRequest.BodyPublisher json(Object body) {
        return BodyPublishers.ofString(Json.write(body));
    }

    /// A JSON object in the order it is written down; pairs without a value are left out.
    public static Map<String, Object> body(@Nullable Object... namesAndValues) {
        Map<String, Object> body = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            if (value != null) {
                body.put(String.valueOf(namesAndValues[i]), value);
            }
        }
        return body;
    }

    /// Answers in public after reading the conversation, and solves the ticket with that.
    ///
    /// @param ticketPath such as `tickets/0197a000-...`
    /// @return the message as the answer shows it
    public JsonNode submitAsSolved(String ticketPath, String text) {
        JsonNode messages = items(ticketPath + "/messages");
        String last = messages.isEmpty()
                ? null
                : messages.get(messages.size() - 1).required("id").asText();
        return postOnce(
                        ticketPath + "/messages",
                        body("kind", "PUBLIC_REPLY", "bodyText", text, "solve", true, "basedOnMessageId", last),
                        UUID.randomUUID())
                .expecting(201)
                .json();
    }
}
