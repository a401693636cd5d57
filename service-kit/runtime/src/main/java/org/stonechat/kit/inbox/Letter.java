package org.stonechat.kit.inbox;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/// A record from Kafka, readable as an event or not.
///
/// @param headers the record's headers as text
/// @param parsed  the event, or null when it is not readable
/// @param defect  why it is not readable, or null
record Letter(
        Map<String, String> headers,
        byte[] value,
        @Nullable ReceivedEvent parsed,
        @Nullable PermanentFailure defect) {

    static Letter read(String topic, Map<String, String> headers, byte[] value) {
        try {
            return new Letter(headers, value, CloudEvents.read(topic, headers, value), null);
        } catch (PermanentFailure defect) {
            return new Letter(headers, value, null, defect);
        }
    }

    boolean readable() {
        return parsed != null;
    }

    /// @throws PermanentFailure when it is not readable
    ReceivedEvent event() {
        if (parsed == null) {
            throw defect == null ? new PermanentFailure("not readable") : defect;
        }
        return parsed;
    }

    String eventId() {
        return headers.getOrDefault("ce_id", "unknown");
    }
}
