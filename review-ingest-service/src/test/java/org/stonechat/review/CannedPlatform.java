package org.stonechat.review;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/// Answers as it was told to, by method and beginning of the path, and remembers what it was asked.
public final class CannedPlatform implements AutoCloseable {

    public record Request(String method, String uri, String authorization, String body) {}

    public record Answer(int status, String body) {}

    private final HttpServer server;
    private final Map<String, Function<Request, Answer>> answers = new LinkedHashMap<>();
    private final List<Request> requests = new ArrayList<>();

    public CannedPlatform() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failure) {
            throw new IllegalStateException("no port for the canned platform", failure);
        }
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public String baseUrl() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /// The longest beginning that fits decides.
    public CannedPlatform on(String method, String path, Function<Request, Answer> answer) {
        synchronized (this) {
            answers.put(method + " " + path, answer);
        }
        return this;
    }

    public CannedPlatform on(String method, String path, int status, String body) {
        return on(method, path, request -> new Answer(status, body));
    }

    public synchronized List<Request> requests(String method, String pathPart) {
        return requests.stream()
                .filter(request ->
                        request.method().equals(method) && request.uri().contains(pathPart))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        Request request = new Request(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        requests.add(request);
        String asked = request.method() + " " + request.uri();
        Answer answer = answers.entrySet().stream()
                .filter(entry -> asked.startsWith(entry.getKey()))
                .max(java.util.Comparator.comparingInt(entry -> entry.getKey().length()))
                .map(entry -> entry.getValue().apply(request))
                .orElse(new Answer(404, ""));
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }
}
