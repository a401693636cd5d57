package org.stonechat.testing.contract;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Actor;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.inbox.ReceivedEvent;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// One event as its producer promises to publish it. Every example is a fresh copy: a test may change its trees.
///
/// @param subject the id of the aggregate, which is the key on Kafka
/// @param data    ids, codes, numbers and times
/// @param personal what a person wrote or what names one; empty after an erasure
public record GoldenExample(
        String topic,
        String type,
        UUID subject,
        long sequence,
        Instant time,
        Actor actor,
        @Nullable UUID causationId,
        UUID correlationId,
        ObjectNode data,
        ObjectNode personal) {

    /// What a consumer is handed when this event arrives; each call is a new event with an id of its own.
    public ReceivedEvent received() {
        return new ReceivedEvent(
                Uuid7.next(),
                topic,
                type,
                "/golden-example",
                subject,
                sequence,
                time,
                actor,
                causationId,
                correlationId,
                null,
                1,
                data,
                personal);
    }

    /// The same event at another place in the life of its aggregate.
    public GoldenExample at(long newSequence) {
        return new GoldenExample(
                topic, type, subject, newSequence, time, actor, causationId, correlationId, data, personal);
    }

    /// The event as it is told again after its contact was erased: `data` whole, `personal` empty.
    public GoldenExample erased() {
        return new GoldenExample(
                topic, type, subject, sequence, time, actor, causationId, correlationId, data, personal.objectNode());
    }
}
