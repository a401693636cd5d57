package org.stonechat.kit.inbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;
import org.stonechat.kit.event.Cause;
import org.stonechat.kit.event.TraceParent;
import org.stonechat.kit.security.AccessMirror;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.quarkus.narayana.jta.QuarkusTransaction;

/// Takes events in exactly once: the effect of an event and the note that it was seen are one transaction.
///
/// A batch is tried as a whole. When it fails for good, its events are tried one by one, and those that fail
/// become dead letters with the later events of their subjects parked behind them.
@ApplicationScoped
class Inbox {

    private static final Logger LOG = Logger.getLogger(Inbox.class);
    private static final int TRANSACTION_SECONDS = (int) Duration.ofMinutes(2).toSeconds();

    private final DataSource dataSource;
    private final InboxTable table;
    private final DeadLetters deadLetters;
    private final InboxConfig config;
    private final Cause cause;
    private final AccessMirror access;
    private final Tracer tracer;

    Inbox(
            DataSource dataSource,
            InboxTable table,
            DeadLetters deadLetters,
            InboxConfig config,
            Cause cause,
            AccessMirror access,
            OpenTelemetry telemetry) {
        this.dataSource = dataSource;
        this.table = table;
        this.deadLetters = deadLetters;
        this.config = config;
        this.cause = cause;
        this.access = access;
        this.tracer = telemetry.getTracer("org.stonechat.kit.inbox");
    }

    /// Takes in letters of one topic, in their order; returns how many of them were new.
    ///
    /// @throws RuntimeException that [Failures#isTransient] calls transient: nothing was done, try all of
    ///                          them again
    int take(EventConsumer consumer, List<Letter> letters, Runnable inTransaction) {
        try {
            return inTransaction(() -> takeAll(consumer, letters, inTransaction));
        } catch (RuntimeException failure) {
            if (Failures.isTransient(failure)) {
                throw failure;
            }
            LOG.warnf("a batch of %d events of %s failed and is tried one by one", letters.size(), consumer.topic());
        }
        int taken = 0;
        for (Letter letter : letters) {
            try {
                taken += inTransaction(() -> takeAll(consumer, List.of(letter), inTransaction));
            } catch (RuntimeException failure) {
                if (Failures.isTransient(failure)) {
                    throw failure;
                }
                LOG.errorf(
                        failure, "an event of %s became a dead letter, eventId=%s", consumer.topic(), letter.eventId());
                inTransaction(() -> bury(consumer, letter, failure, inTransaction));
            }
        }
        return taken;
    }

    /// Tries the open letters beside this one again, oldest first, until none is left or one fails.
    ///
    /// The subject's inbox row is locked meanwhile, so that no live event can slip past a letter that is
    /// still open.
    ///
    /// @return how many were handled
    int redrive(EventConsumer consumer, DeadLetters.DeadLetter letter) {
        int handled = 0;
        while (inTransaction(() -> redriveOldest(consumer, letter))) {
            handled++;
        }
        return handled;
    }

    private boolean redriveOldest(EventConsumer consumer, DeadLetters.DeadLetter letter) throws SQLException {
        if (letter.subject() != null) {
            try (Connection connection = dataSource.getConnection()) {
                table.lastSequences(connection, consumer.topic(), Set.of(letter.subject()));
            }
        }
        List<DeadLetters.Stored> open = deadLetters.openBeside(letter);
        if (open.isEmpty() || !deadLetters.settle(open.getFirst().id(), "REDRIVEN")) {
            return false;
        }
        call(consumer, List.of(open.getFirst().letter().event()));
        return true;
    }

    private int takeAll(EventConsumer consumer, List<Letter> letters, Runnable inTransaction) throws SQLException {
        inTransaction.run();
        List<ReceivedEvent> fresh = new ArrayList<>();
        try (Connection connection = dataSource.getConnection()) {
            if (!config.enabled()) {
                letters.forEach(letter -> fresh.add(letter.event()));
                call(consumer, fresh);
                return fresh.size();
            }
            Set<UUID> subjects = new HashSet<>();
            letters.forEach(letter -> subjects.add(letter.event().subject()));
            Map<UUID, Long> before = table.lastSequences(connection, consumer.topic(), subjects);
            Set<UUID> blocked = table.blocked(connection, consumer.topic(), subjects);
            Map<UUID, Long> after = new LinkedHashMap<>();
            for (Letter letter : letters) {
                ReceivedEvent event = letter.event();
                long last = after.getOrDefault(event.subject(), before.getOrDefault(event.subject(), 0L));
                if (event.sequence() <= last) {
                    continue;
                }
                after.put(event.subject(), event.sequence());
                if (blocked.contains(event.subject())) {
                    deadLetters.park(connection, consumer.topic(), letter);
                } else {
                    fresh.add(event);
                }
            }
            if (!fresh.isEmpty()) {
                call(consumer, fresh);
            }
            if (!after.isEmpty()) {
                table.advance(connection, consumer.topic(), before, after);
            }
        }
        return fresh.size();
    }

    /// An entity of a compacted topic is gone. It is no event: nothing counts it, and taking it twice does no harm.
    void takeTombstone(String topic, String type, UUID subject, long sequence) {
        if (topic.equals(AccessMirror.TOPIC)) {
            QuarkusTransaction.requiringNew().run(() -> access.takeTombstone(type, subject, sequence));
        }
    }

    private int bury(EventConsumer consumer, Letter letter, RuntimeException failure, Runnable inTransaction)
            throws SQLException {
        inTransaction.run();
        try (Connection connection = dataSource.getConnection()) {
            if (letter.readable()) {
                ReceivedEvent event = letter.event();
                Map<UUID, Long> before = table.lastSequences(connection, consumer.topic(), Set.of(event.subject()));
                table.advance(connection, consumer.topic(), before, Map.of(event.subject(), event.sequence()));
            }
            deadLetters.bury(connection, consumer.topic(), letter, Failures.reason(failure));
        }
        return 1;
    }

    private void call(EventConsumer consumer, List<ReceivedEvent> events) {
        if (consumer.topic().equals(AccessMirror.TOPIC)) {
            events.forEach(event -> access.take(event.type(), event.subject(), event.sequence(), event.data()));
        }
        if (consumer.takesBatches() && events.size() > 1) {
            // One span for each event, so that every trace shows how far its own event came; all last as long as the
            // batch.
            List<Span> spans = events.stream().map(this::spanOf).toList();
            try {
                consumer.handleBatch(events);
            } catch (RuntimeException failure) {
                spans.forEach(span -> span.setStatus(StatusCode.ERROR));
                throw failure;
            } finally {
                spans.forEach(Span::end);
            }
            return;
        }
        for (ReceivedEvent event : events) {
            cause.follow(event.actor(), event.id(), event.correlationId());
            Span span = spanOf(event);
            try (Scope ignored = span.makeCurrent()) {
                consumer.handle(event);
            } catch (RuntimeException failure) {
                span.setStatus(StatusCode.ERROR);
                throw failure;
            } finally {
                span.end();
            }
        }
    }

    private Span spanOf(ReceivedEvent event) {
        return tracer.spanBuilder("process " + event.type())
                .setParent(TraceParent.parentOf(event.traceParent()))
                .setSpanKind(SpanKind.CONSUMER)
                .setAttribute("messaging.system", "kafka")
                .setAttribute("messaging.operation.type", "process")
                .setAttribute("messaging.destination.name", event.topic())
                .setAttribute("messaging.message.id", event.id().toString())
                .startSpan();
    }

    private <T> T inTransaction(java.util.concurrent.Callable<T> work) {
        return QuarkusTransaction.requiringNew().timeout(TRANSACTION_SECONDS).call(work);
    }
}
