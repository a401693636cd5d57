package org.stonechat.kit.inbox;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Actor;
import org.stonechat.kit.event.EventJson;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

/// An event as it came from Kafka: the CloudEvents attributes and the two parts of its payload.
///
/// @param sequence the number of this event in the life of its subject, from 1
/// @param time     when the fact occurred at its source; durations are computed from this
public record ReceivedEvent(
        UUID id,
        String topic,
        String type,
        String source,
        UUID subject,
        long sequence,
        Instant time,
        Actor actor,
        @Nullable UUID causationId,
        UUID correlationId,
        @Nullable String traceParent,
        int schemaVersion,
        JsonNode data,
        JsonNode personal) {

    /// The part of `data` a consumer reads, as a record of its own.
    ///
    /// @throws PermanentFailure when the payload does not fit
    public <T> T dataAs(Class<T> shape) {
        return as(data, shape);
    }

    /// The part of `personal` a consumer reads; after an erasure all of its fields are null.
    ///
    /// @throws PermanentFailure when the payload does not fit
    public <T> T personalAs(Class<T> shape) {
        return as(personal, shape);
    }

    private <T> T as(JsonNode part, Class<T> shape) {
        try {
            return EventJson.MAPPER.treeToValue(part, shape);
        } catch (JsonProcessingException failure) {
            throw new PermanentFailure(
                    type + " does not fit " + shape.getSimpleName() + ": " + failure.getOriginalMessage(), failure);
        }
    }
}
