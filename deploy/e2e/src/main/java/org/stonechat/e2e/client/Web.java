package org.stonechat.e2e.client;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/// Plain HTTP.
public final class Web {

    private static final Duration REQUEST_PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /// @throws Disappointment when there is no answer
    public Answer send(HttpRequest.Builder request) {
        HttpRequest built = request.timeout(REQUEST_PATIENCE).build();
        String name = built.method() + " " + built.uri();
        try {
            var response = http.send(built, BodyHandlers.ofByteArray());
            return new Answer(name, response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new Disappointment(name + " was not answered: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Disappointment(name + " was interrupted", e);
        }
    }

    public Answer get(URI address) {
        return send(HttpRequest.newBuilder(address));
    }

    public Answer postForm(URI address, Map<String, String> fields) {
        String form = fields.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    public Answer postJson(URI address, Object body) {
        return send(HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(body))));
    }

    public HttpClient client() {
        return http;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
