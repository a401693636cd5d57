package org.stonechat.e2e.client;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

/// What came back over HTTP.
public record Answer(String request, int status, byte[] body, HttpResponse<?> response) {

    /// @throws Disappointment when the status is another
    public Answer expecting(int... statuses) {
        for (int expected : statuses) {
            if (status == expected) {
                return this;
            }
        }
        throw new Disappointment(request + " was answered with " + status + ": " + shortened(text()));
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        return Json.read(text());
    }

    /// The version of what was read or changed, for `If-Match`.
    public String etag() {
        return header("ETag").orElseThrow(() -> new Disappointment(request + " was answered without an ETag"));
    }

    public Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    private static String shortened(String text) {
        return text.length() <= 600 ? text : text.substring(0, 600) + "…";
    }
}
