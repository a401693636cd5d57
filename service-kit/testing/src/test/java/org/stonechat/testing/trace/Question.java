package org.stonechat.testing.trace;

import java.util.Map;
import java.util.UUID;

import org.stonechat.kit.event.Aggregate;
import org.stonechat.kit.event.DomainEvent;

/// Something that a request asks and that a consumer, and work that falls due, answer.
final class Question implements Aggregate {

    record QuestionAsked(Map<String, Object> data, Map<String, Object> personal) implements DomainEvent {}

    record QuestionTaken(Map<String, Object> data, Map<String, Object> personal) implements DomainEvent {}

    record QuestionAnswered(Map<String, Object> data, Map<String, Object> personal) implements DomainEvent {}

    private final UUID id;
    private long sequence;

    /// @param sequence that of the last event so far
    Question(UUID id, long sequence) {
        this.id = id;
        this.sequence = sequence;
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public long nextSequence() {
        return ++sequence;
    }
}
