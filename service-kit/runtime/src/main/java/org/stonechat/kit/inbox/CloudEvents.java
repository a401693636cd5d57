package org.stonechat.kit.inbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.stonechat.kit.event.Actor;
import org.stonechat.kit.event.EventJson;

import com.fasterxml.jackson.databind.JsonNode;

/// Reads CloudEvents in the binary mode of their Kafka protocol binding.
final class CloudEvents {

    private CloudEvents() {}

    static Map<String, String> headers(ConsumerRecord<String, byte[]> kafkaRecord) {
        Map<String, String> headers = new TreeMap<>();
        for (Header header : kafkaRecord.headers()) {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
            }
        }
        return headers;
    }

    /// The type alone, without reading anything else.
    static Optional<String> type(ConsumerRecord<String, byte[]> kafkaRecord) {
        return Optional.ofNullable(kafkaRecord.headers().lastHeader("ce_type"))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }

    /// What a record without a value says is gone.
    record Tombstone(String type, UUID subject, long sequence) {}

    /// Empty for a record that does not say which of ours it is.
    static Optional<Tombstone> tombstone(ConsumerRecord<String, byte[]> kafkaRecord) {
        Map<String, String> headers = headers(kafkaRecord);
        try {
            return Optional.of(new Tombstone(
                    attribute(headers, "ce_type"),
                    UUID.fromString(attribute(headers, "ce_subject")),
                    Long.parseLong(attribute(headers, "ce_sequence"))));
        } catch (PermanentFailure | IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    /// @throws PermanentFailure when an attribute or the payload is missing or malformed
    static ReceivedEvent read(String topic, Map<String, String> headers, byte[] value) {
        try {
            JsonNode payload = EventJson.MAPPER.readTree(value);
            if (!payload.path("data").isObject()) {
                throw new PermanentFailure("the payload has no data");
            }
            String schema = attribute(headers, "ce_dataschema");
            String causation = headers.getOrDefault("ce_causationid", "");
            return new ReceivedEvent(
                    UUID.fromString(attribute(headers, "ce_id")),
                    topic,
                    attribute(headers, "ce_type"),
                    attribute(headers, "ce_source"),
                    UUID.fromString(attribute(headers, "ce_subject")),
                    Long.parseLong(attribute(headers, "ce_sequence")),
                    Instant.parse(attribute(headers, "ce_time")),
                    EventJson.MAPPER.readValue(attribute(headers, "ce_actor"), Actor.class),
                    causation.isEmpty() ? null : UUID.fromString(causation),
                    UUID.fromString(attribute(headers, "ce_correlationid")),
                    headers.get("traceparent"),
                    Integer.parseInt(schema.substring(schema.lastIndexOf(':') + 1)),
                    payload.path("data"),
                    payload.path("personal"));
        } catch (IOException | IllegalArgumentException | DateTimeParseException failure) {
            throw new PermanentFailure("not a readable event: " + failure.getMessage(), failure);
        }
    }

    private static String attribute(Map<String, String> headers, String name) {
        String value = headers.get(name);
        if (value == null) {
            throw new PermanentFailure("the attribute " + name + " is missing");
        }
        return value;
    }
}
