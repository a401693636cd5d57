package org.stonechat.simulator.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The shapes of the wire format, as files.
@Singleton
class Fixtures {

    private final JsonNode review;
    private final JsonNode channels;

    Fixtures(ObjectMapper mapper) {
        this.review = read(mapper, "platform/review.json");
        this.channels = read(mapper, "platform/channels.json");
    }

    /// A review with every field, to be filled in.
    ObjectNode review() {
        return review.deepCopy();
    }

    ArrayNode channels() {
        return channels.deepCopy();
    }

    private static JsonNode read(ObjectMapper mapper, String resource) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (InputStream content = loader.getResourceAsStream(resource)) {
            return mapper.readTree(Objects.requireNonNull(content, resource));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
