package org.stonechat.e2e.faults;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.e2e.client.Json;

import com.fasterxml.jackson.databind.JsonNode;

/// One line of the client's journal: a request is about to be sent, or what came of it.
///
/// @param target  what was being killed meanwhile
/// @param key     of the operation; the same in every attempt
/// @param id      what the platform made of it, when it was acknowledged
/// @param parent  the ticket or review it belongs to
/// @param address the customer it concerns
/// @param detail  why it was not acknowledged
record Entry(
        Instant at,
        String target,
        Operation operation,
        UUID key,
        State state,
        int attempt,
        @Nullable String id,
        @Nullable String parent,
        @Nullable String address,
        @Nullable String detail) {

    enum State {
        /// About to be sent.
        SENT,
        ACKNOWLEDGED,
        /// Nobody knows whether it had its effect; the next attempt follows.
        UNANSWERED,
        /// It will not be done, and the client was told so.
        REFUSED
    }

    String line() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("at", at.toString());
        line.put("target", target);
        line.put("operation", operation.name());
        line.put("key", key.toString());
        line.put("state", state.name());
        line.put("attempt", attempt);
        put(line, "id", id);
        put(line, "parent", parent);
        put(line, "address", address);
        put(line, "detail", detail);
        return Json.write(line);
    }

    static Entry of(String line) {
        JsonNode json = Json.read(line);
        return new Entry(
                Instant.parse(json.required("at").asText()),
                json.required("target").asText(),
                Operation.valueOf(json.required("operation").asText()),
                UUID.fromString(json.required("key").asText()),
                State.valueOf(json.required("state").asText()),
                json.required("attempt").asInt(),
                text(json, "id"),
                text(json, "parent"),
                text(json, "address"),
                text(json, "detail"));
    }

    private static void put(Map<String, Object> line, String name, @Nullable String value) {
        if (value != null) {
            line.put(name, value);
        }
    }

    private static @Nullable String text(JsonNode json, String name) {
        return json.hasNonNull(name) ? json.get(name).asText() : null;
    }
}
