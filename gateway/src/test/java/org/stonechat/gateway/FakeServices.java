package org.stonechat.gateway;

import java.io.IOException;
import java.net.ServerSocket;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import org.stonechat.http.ConnectionGuard;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/// Services on free ports that answer by the last segment of the path, some with replicas that misbehave.
public class FakeServices implements QuarkusTestResourceLifecycleManager {

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, AtomicInteger> open = new ConcurrentHashMap<>();
    private final Queue<HttpServerResponse> halfTold = new ConcurrentLinkedQueue<>();

    @Override
    public Map<String, String> start() {
        // Netty decides with its first server whether it looks for extensions, and these come before the gateway's.
        ConnectionGuard.announce();
        KeyPair keys = keys();
        Map<String, String> config = new HashMap<>();
        String service = "stonechat.gateway.services.";
        config.put(
                service + "ticket-service",
                nobody() + "," + replica("ticket-service", "a") + "," + replica("ticket-service", "b"));
        config.put(service + "review-ingest-service", nobody());
        config.put(service + "rating-service", replica("rating-service", "a"));
        config.put(
                service + "notification-service",
                replica("notification-service", "declining") + "," + replica("notification-service", "b"));
        config.put(
                service + "analytics-service",
                replica("analytics-service", "hanging-up") + "," + replica("analytics-service", "b"));
        // Longer than a busy machine takes for a good answer.
        config.put("stonechat.gateway.answer-timeout", "4S");
        config.put("stonechat.gateway.header-timeout", "2S");
        config.put("stonechat.gateway.body-timeout", "2S");
        config.put("stonechat.gateway.body-silence", "5S");
        config.put("stonechat.gateway.write-timeout", "3S");
        config.put("stonechat.gateway.bytes-in-flight", "600K");
        // Each refusal is the first of its window.
        config.put("stonechat.gateway.refusal-window", "0.01S");
        config.put("stonechat.gateway.caller-bytes-in-flight", "300K");
        config.put("stonechat.gateway.live-streams-per-replica", "2");
        config.put("stonechat.gateway.trusted-proxies", "127.0.0.9,10.0.0.0/8,fd00::/8");
        config.put("stonechat.gateway.hosts", "gateway,desk.example");
        config.put("stonechat.gateway.max-body", "1M");
        config.put("stonechat.gateway.replay-body", "1K");
        // Slower than a busy machine asks, however slow it is.
        config.put("stonechat.gateway.rate-limit.per-second", "5");
        config.put("stonechat.gateway.rate-limit.burst", "60");
        config.put("stonechat.gateway.reference.fresh-for", "0S");
        config.put(
                "quarkus.oidc.public-key",
                Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()));
        config.put(
                "smallrye.jwt.sign.key",
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(keys.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----");
        return config;
    }

    @Override
    public void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private String replica(String service, String name) {
        AtomicInteger heard = new AtomicInteger();
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> answer(service, name, heard, request))
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return "http://localhost:" + server.actualPort();
    }

    private void answer(String service, String name, AtomicInteger heard, HttpServerRequest request) {
        if (request.path().equals("/q/health/ready")) {
            request.response().end("{}");
            return;
        }
        if (request.path().equals("/q/openapi")) {
            request.response()
                    .putHeader("content-type", "application/json")
                    .end(openApi(service).encode());
            return;
        }
        if (name.equals("declining")) {
            request.response().setStatusCode(503).end();
            return;
        }
        if (name.equals("hanging-up")) {
            request.body().onComplete(body -> request.connection().close());
            return;
        }
        switch (request.path().substring(request.path().lastIndexOf('/') + 1)) {
            case "silent" -> request.body();
            case "declining" ->
                request.body()
                        .onSuccess(body -> request.response().setStatusCode(503).end());
            case "endless" -> {
                open.computeIfAbsent(service + name, none -> new AtomicInteger())
                        .incrementAndGet();
                request.response()
                        .closeHandler(closed -> open.get(service + name).decrementAndGet())
                        .setChunked(true)
                        .write("data: first\n\n");
            }
            case "flood" -> {
                open.computeIfAbsent(service + name, none -> new AtomicInteger())
                        .incrementAndGet();
                request.response()
                        .closeHandler(closed -> open.get(service + name).decrementAndGet())
                        .setChunked(true);
                flood(request.response());
            }
            // Knows from the headers alone that it wants none of the body.
            case "early" -> {
                request.pause();
                request.response()
                        .setStatusCode(401)
                        .putHeader("content-type", "application/problem+json")
                        .end(new JsonObject().put("code", "signature-invalid").encode());
            }
            case "open-streams" ->
                request.response()
                        .putHeader("content-type", "application/json")
                        .end(new JsonObject()
                                .put("replica", name)
                                .put(
                                        "open",
                                        open.getOrDefault(service + name, new AtomicInteger())
                                                .get())
                                .encode());
            case "stream" -> {
                request.response()
                        .setChunked(true)
                        .putHeader("content-type", "text/event-stream")
                        .write("id: 1\ndata: first\n\n");
                halfTold.add(request.response());
                // Whoever holds the first event back until the stream ends gets something else to hear.
                vertx.setTimer(60_000, late -> {
                    if (halfTold.remove(request.response())) {
                        request.response().end("data: nobody heard the first one\n\n");
                    }
                });
            }
            case "go-on" -> {
                HttpServerResponse waiting = halfTold.poll();
                while (waiting != null) {
                    waiting.end("id: 2\ndata: second\n\n");
                    waiting = halfTold.poll();
                }
                request.response().setStatusCode(204).end();
            }
            case "hops" ->
                request.response()
                        .putHeader("Connection", "X-Secret-Hop")
                        .putHeader("X-Secret-Hop", "yes")
                        .putHeader("Keep-Alive", "timeout=5")
                        .putHeader("Server", "fake/1")
                        .putHeader("Access-Control-Allow-Origin", "*")
                        .putHeader("Content-Security-Policy", "sandbox")
                        .end("{}");
            case "nothing" -> request.response().setStatusCode(204).end();
            case "unchanged" ->
                request.response().setStatusCode(304).putHeader("ETag", "\"1\"").end();
            case "problem" ->
                request.response()
                        .setStatusCode(503)
                        .putHeader("content-type", "application/problem+json")
                        .end(new JsonObject().put("code", "unavailable").encode());
            default -> echo(service, name, heard, request);
        }
    }

    private static void flood(HttpServerResponse response) {
        while (!response.writeQueueFull()) {
            response.write("x".repeat(8192));
        }
        response.drainHandler(drained -> flood(response));
    }

    private static void echo(String service, String name, AtomicInteger heard, HttpServerRequest request) {
        request.body().onSuccess(body -> {
            JsonObject headers = new JsonObject();
            request.headers()
                    .names()
                    .forEach(header -> headers.put(
                            header.toLowerCase(java.util.Locale.ROOT),
                            String.join(" | ", request.headers().getAll(header))));
            request.response()
                    .putHeader("content-type", "application/json")
                    .end(new JsonObject()
                            .put("service", service)
                            .put("replica", name)
                            .put("method", request.method().name())
                            .put("uri", request.uri())
                            .put("heard", heard.incrementAndGet())
                            .put("length", body.length())
                            .put("headers", headers)
                            .encode());
        });
    }

    /// Two services know a `Person`, and mean different things by it.
    private static JsonObject openApi(String service) {
        JsonObject bearer = new JsonObject().put("bearer", new JsonArray());
        JsonObject operation = new JsonObject()
                .put("operationId", "Things_list")
                .put("tags", new JsonArray().add("things"))
                .put("security", new JsonArray().add(bearer))
                .put("responses", new JsonObject().put("200", reference("#/components/schemas/Page")));
        String own = service.equals("ticket-service") ? "/api/v1/tickets" : "/api/v1/ratings";
        JsonObject person = new JsonObject().put("type", "object").put("title", "of " + service);
        return new JsonObject()
                .put("openapi", "3.1.0")
                .put("info", new JsonObject().put("title", service).put("version", "1"))
                .put(
                        "paths",
                        new JsonObject()
                                .put(own, new JsonObject().put("get", operation))
                                .put("/q/internal", new JsonObject().put("get", new JsonObject()))
                                .put(
                                        "/api/v1/operations/{service}/dead-letters",
                                        new JsonObject()
                                                .put(
                                                        "parameters",
                                                        new JsonArray()
                                                                .add(new JsonObject()
                                                                        .put("name", "service")
                                                                        .put("in", "path")))
                                                .put("get", new JsonObject().put("operationId", "Letters_list"))))
                .put(
                        "components",
                        new JsonObject()
                                .put(
                                        "schemas",
                                        new JsonObject()
                                                .put("Person", person)
                                                .put(
                                                        "Page",
                                                        new JsonObject()
                                                                .put("items", reference("#/components/schemas/Person")))
                                                .put("Problem", new JsonObject().put("type", "object")))
                                .put(
                                        "securitySchemes",
                                        new JsonObject()
                                                .put(
                                                        "bearer",
                                                        new JsonObject()
                                                                .put("type", "http")
                                                                .put("scheme", "bearer"))));
    }

    private static JsonObject reference(String to) {
        return new JsonObject().put("$ref", to);
    }

    private static String nobody() {
        try (ServerSocket free = new ServerSocket(0)) {
            return "http://localhost:" + free.getLocalPort();
        } catch (IOException noPort) {
            throw new IllegalStateException(noPort);
        }
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has RSA", impossible);
        }
    }
}
