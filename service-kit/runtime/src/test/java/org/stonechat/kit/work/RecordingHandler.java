package org.stonechat.kit.work;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// Does what the test says and remembers every attempt.
final class RecordingHandler implements WorkHandler {

    final List<WorkItem> attempts = new CopyOnWriteArrayList<>();
    final List<String> exhausted = new CopyOnWriteArrayList<>();
    private final String kind;
    private final Function<WorkItem, Outcome> behaviour;
    private Duration timeout = Duration.ofSeconds(10);
    private int maxAttempts = 3;

    RecordingHandler(String kind, Function<WorkItem, Outcome> behaviour) {
        this.kind = kind;
        this.behaviour = behaviour;
    }

    RecordingHandler timingOutAfter(Duration limit) {
        this.timeout = limit;
        return this;
    }

    RecordingHandler givingUpAfter(int attemptsAtMost) {
        this.maxAttempts = attemptsAtMost;
        return this;
    }

    List<String> subjects() {
        return attempts.stream().map(WorkItem::subject).toList();
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public Duration timeout() {
        return timeout;
    }

    @Override
    public int maxAttempts() {
        return maxAttempts;
    }

    @Override
    public Outcome perform(WorkItem item) {
        attempts.add(item);
        return behaviour.apply(item);
    }

    @Override
    public void onExhausted(WorkItem item, String reason) {
        exhausted.add(item.subject() + ": " + reason);
    }
}
