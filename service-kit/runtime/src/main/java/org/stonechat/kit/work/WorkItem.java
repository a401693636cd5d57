package org.stonechat.kit.work;

import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventJson;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

/// One attempt at a piece of work.
///
/// @param attempt 1 for the first
/// @param inDoubt an earlier attempt crashed, threw or outlived its lease: look whether the effect is already
///                there before repeating it
/// @param payload what was handed over when it was scheduled
public record WorkItem(
        UUID id,
        String kind,
        String subject,
        @Nullable String orderingKey,
        int attempt,
        boolean inDoubt,
        JsonNode payload) {

    /// The payload as a record; unknown fields are ignored, so that work scheduled by a newer release can be
    /// read.
    public <T> T payloadAs(Class<T> type) {
        try {
            return EventJson.MAPPER.treeToValue(payload, type);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("the payload of " + kind + " is not a " + type.getSimpleName(), failure);
        }
    }
}
