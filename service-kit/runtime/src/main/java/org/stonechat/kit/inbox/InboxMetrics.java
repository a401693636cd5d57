package org.stonechat.kit.inbox;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/// How late events are taken in, what became a dead letter, and how a rebuild goes on.
@ApplicationScoped
class InboxMetrics {

    private static final Logger LOG = Logger.getLogger(InboxMetrics.class);
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final MeterRegistry registry;
    private final DeadLetters deadLetters;
    private final Rebuild rebuild;
    private final InstantSource clock;

    /// What the database said, and when; asked again by whoever reads the metrics, at most every five seconds.
    private record Counted(Instant at, Map<String, Long> letters, boolean rebuilding, long rebuilt) {}

    private volatile Counted counted = new Counted(Instant.MIN, Map.of(), false, 0);

    InboxMetrics(MeterRegistry registry, DeadLetters deadLetters, Rebuild rebuild, InstantSource clock) {
        this.registry = registry;
        this.deadLetters = deadLetters;
        this.rebuild = rebuild;
        this.clock = clock;
    }

    void watch(Collection<String> topics) {
        for (String topic : topics) {
            Gauge.builder(
                            "stonechat.inbox.dead.letters",
                            () -> counted().letters().getOrDefault(topic, 0L))
                    .description("Events that could not be handled, and those parked behind them")
                    .tag("topic", topic)
                    .register(registry);
        }
        Gauge.builder("stonechat.rebuild.running", () -> counted().rebuilding() ? 1 : 0)
                .description("1 while the projections are rebuilt and live events wait")
                .register(registry);
        Gauge.builder("stonechat.rebuild.taken.in", () -> counted().rebuilt())
                .description("Events the running or last rebuild has taken in")
                .register(registry);
    }

    /// These came in on the live topic, and their transaction has committed.
    void taken(String topic, List<Letter> letters) {
        Timer lag = Timer.builder("stonechat.inbox.lag")
                .description("From the time of an event to the commit of its effect here; not of types that have none")
                .tag("topic", topic)
                .publishPercentiles(0.5, 0.99)
                .register(registry);
        Instant now = clock.instant();
        for (Letter letter : letters) {
            if (letter.readable()) {
                lag.record(Duration.between(letter.event().time(), now));
            }
        }
    }

    private synchronized Counted counted() {
        Instant now = clock.instant();
        if (now.isAfter(counted.at().plus(FRESH))) {
            try {
                Rebuild.State state = rebuild.state();
                counted = new Counted(now, deadLetters.openByTopic(), state.running(), state.eventsTakenIn());
            } catch (RuntimeException away) {
                LOG.debugf("metrics keep what they knew: %s", away.getMessage());
                counted = new Counted(now, counted.letters(), counted.rebuilding(), counted.rebuilt());
            }
        }
        return counted;
    }
}
