package org.stonechat.testing.trace;

import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.inbox.EventConsumer;
import org.stonechat.kit.inbox.ReceivedEvent;

/// The last consumer of the chain; it takes batches, as projections do.
@ApplicationScoped
class AnswerEvents implements EventConsumer {

    private final Queue<ReceivedEvent> seen = new ConcurrentLinkedQueue<>();

    List<ReceivedEvent> of(UUID question) {
        return seen.stream().filter(event -> event.subject().equals(question)).toList();
    }

    @Override
    public String topic() {
        return "answers";
    }

    @Override
    public boolean takesBatches() {
        return true;
    }

    @Override
    public boolean rebuildable() {
        return true;
    }

    @Override
    public void reset() {
        seen.clear();
    }

    @Override
    public void handle(ReceivedEvent event) {
        seen.add(event);
    }
}
