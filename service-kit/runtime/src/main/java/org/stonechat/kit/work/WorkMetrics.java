package org.stonechat.kit.work;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/// What is open, how late the oldest of it is, what failed for good, and how attempts ended, by kind.
@ApplicationScoped
class WorkMetrics {

    private static final WorkTable.Load NOTHING = new WorkTable.Load(0, Duration.ZERO, 0);

    private final MeterRegistry registry;
    private final Map<String, WorkTable.Load> loads = new ConcurrentHashMap<>();

    WorkMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    void watch(Collection<String> kinds) {
        for (String kind : kinds) {
            Tags tags = Tags.of("kind", kind);
            Gauge.builder("stonechat.due.work.open", () -> loadOf(kind).open())
                    .description("Pieces of work not finished yet, those due in the future included")
                    .tags(tags)
                    .register(registry);
            Gauge.builder(
                            "stonechat.due.work.overdue",
                            () -> loadOf(kind).overdue().toMillis() / 1000.0)
                    .description("How late the oldest open piece is")
                    .baseUnit("seconds")
                    .tags(tags)
                    .register(registry);
            Gauge.builder("stonechat.due.work.failed", () -> loadOf(kind).failed())
                    .description("Pieces that failed for good and wait for an operator")
                    .tags(tags)
                    .register(registry);
        }
    }

    void loads(Map<String, WorkTable.Load> current) {
        loads.clear();
        loads.putAll(current);
    }

    void attempted(WorkItem item, String outcome) {
        registry.counter("stonechat.due.work.attempts", "kind", item.kind(), "outcome", outcome)
                .increment();
        if (item.inDoubt()) {
            registry.counter("stonechat.due.work.doubts", "kind", item.kind()).increment();
        }
    }

    private WorkTable.Load loadOf(String kind) {
        WorkTable.@Nullable Load load = loads.get(kind);
        return load == null ? NOTHING : load;
    }
}
