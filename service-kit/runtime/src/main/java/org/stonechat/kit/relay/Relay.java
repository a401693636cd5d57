package org.stonechat.kit.relay;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/// Brings every committed event to Kafka, at least once and in the order of each subject.
///
/// Of all replicas of a service one leads, decided by an advisory lock; the others ask for the lock and do
/// nothing else. The leader refills what a lost slot left uncertain, then streams. It ends its term when its
/// session ends, when the engine fails or when it is stopped, and stands for election again after a short
/// rest. While the broker is away it waits; nothing is marked as done that was not acknowledged.
final class Relay {

    /// What the relay of this replica is doing.
    enum Role {
        STARTING(false),
        STANDBY(true),
        WAITING_FOR_BROKER(true),
        REFILLING(true),
        STREAMING(true),
        FAILING(false),
        STOPPED(false);

        private final boolean healthy;

        Role(boolean healthy) {
            this.healthy = healthy;
        }

        boolean healthy() {
            return healthy;
        }
    }

    private static final Logger LOG = Logger.getLogger(Relay.class);

    /// More than the server sends again after an orderly stop: the last transaction.
    private static final int REMEMBERED = 4_096;

    private final RelayDatabase database;
    private final RelayConfig config;
    private final String source;
    private final Supplier<Producer<String, byte[]>> producers;
    private final TopicAdmin topicAdmin;
    private final List<String> topics;
    private final InstantSource clock;
    private final Counter published;
    private final Counter refills;
    private final Timer delay;

    private final AtomicLong lagBytes = new AtomicLong();
    private final AtomicLong lastPosition = new AtomicLong();
    private volatile Role role = Role.STARTING;
    private volatile @Nullable String reason;
    private volatile @Nullable Instant lastEventAt;
    private volatile @Nullable Instant waitingSince;
    private volatile @Nullable String mark;
    private volatile boolean stopping;
    private @Nullable Thread thread;

    /// @param source    the CloudEvents source of the service, such as `/ticket-service`
    /// @param producers makes the producer of a term; each term has its own, because a failed one
    /// cannot be used again
    Relay(
            RelayDatabase database,
            RelayConfig config,
            String source,
            Supplier<Producer<String, byte[]>> producers,
            TopicAdmin topicAdmin,
            InstantSource clock,
            MeterRegistry meters) {
        this.database = database;
        this.config = config;
        this.source = source;
        this.producers = producers;
        this.topicAdmin = topicAdmin;
        this.clock = clock;
        this.topics = new ArrayList<>();
        for (String topic : config.topics().orElse(Set.of())) {
            topics.add(topic);
            topics.add(topic + TopicAdmin.REBUILD_SUFFIX);
        }
        this.published = meters.counter("stonechat.relay.published");
        this.refills = meters.counter("stonechat.relay.refills");
        this.delay = Timer.builder("stonechat.relay.delay")
                .description("from the time of an event to the broker's acknowledgement")
                .publishPercentiles(0.5, 0.99)
                .register(meters);
        Gauge.builder("stonechat.relay.leader", this, relay -> relay.leads() ? 1 : 0)
                .register(meters);
        Gauge.builder("stonechat.relay.lag.bytes", lagBytes, AtomicLong::doubleValue)
                .register(meters);
    }

    Role role() {
        return role;
    }

    boolean leads() {
        return role == Role.REFILLING || role == Role.STREAMING || role == Role.WAITING_FOR_BROKER;
    }

    /// Why the last term failed, while it is failing.
    @Nullable
    String reason() {
        return reason;
    }

    /// How much of the log the slot held back at the leader's last look; 0 on a standby.
    long lagBytes() {
        return lagBytes.get();
    }

    /// When the newest acknowledged event happened.
    @Nullable
    Instant lastEventAt() {
        return lastEventAt;
    }

    /// Since when a batch waits for the broker, or null when none does.
    @Nullable
    Instant waitingSince() {
        return waitingSince;
    }

    /// Makes publication and slot, so that no event can be written that the stream would not show; to be called
    /// before the service takes its first request.
    void prepare() throws SQLException {
        database.prepare();
    }

    void start() {
        thread = Thread.ofPlatform().daemon().name("relay").start(this::run);
    }

    /// Stops streaming and gives the lock back, so that a standby takes over while this process still winds
    /// down.
    void stop() {
        stopping = true;
        Thread running = thread;
        if (running == null) {
            return;
        }
        running.interrupt();
        try {
            running.join(config.stopTimeout().plus(config.leaderTimeout()));
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
        role = Role.STOPPED;
    }

    private void run() {
        while (!stopping) {
            try {
                serve();
            } catch (InterruptedException interrupt) {
                // Only stop() interrupts; the loop's condition sees it.
                LOG.debug("relay interrupted");
            } catch (Exception failure) {
                Throwable cause = failure instanceof ExecutionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
                role = Role.FAILING;
                reason = cause.getMessage();
                LOG.warnf("relay interrupted, trying again: slot=%s reason=%s", database.slot(), cause);
                LOG.debug("relay failed", cause);
                rest(config.retryDelay());
            } finally {
                lagBytes.set(0);
                waitingSince = null;
            }
        }
        role = Role.STOPPED;
    }

    private void rest(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException interrupt) {
            LOG.debug("relay interrupted while resting");
        }
    }

    /// One candidacy: wait for the lock, then lead until something ends the term.
    private void serve() throws SQLException, InterruptedException, ExecutionException {
        try (RelayDatabase.Leadership leadership = database.candidate(config.leaderTimeout())) {
            while (!leadership.tryAcquire()) {
                role = Role.STANDBY;
                Thread.sleep(config.standbyInterval());
            }
            leadership.endStaleStreaming();
            database.prepare();
            LOG.infof("relay leads: slot=%s", database.slot());
            role = Role.WAITING_FOR_BROKER;
            awaitTopics(leadership);
            try (EventPublisher publisher = new EventPublisher(producers.get())) {
                if (leadership.refillOwed()) {
                    role = Role.REFILLING;
                    refill(leadership, publisher);
                }
                stream(leadership, publisher);
            }
        }
    }

    /// The broker may be long in coming; meanwhile the session is checked, so that two replicas never both think
    /// they lead.
    private void awaitTopics(RelayDatabase.Leadership leadership) throws SQLException, InterruptedException {
        Thread waiting = Thread.ofVirtual().name("relay-topics").start(() -> {
            try {
                topicAdmin.ensure(topics);
            } catch (InterruptedException interrupt) {
                LOG.debug("no longer waiting for topics");
            }
        });
        try {
            while (!waiting.join(config.leaderCheckInterval())) {
                leadership.confirm();
            }
        } finally {
            waiting.interrupt();
        }
    }

    private void refill(RelayDatabase.Leadership leadership, EventPublisher publisher)
            throws SQLException, InterruptedException {
        try (RelayDatabase.Rows rows = database.owed()) {
            long last = 0;
            long sent = 0;
            for (List<StoredEvent> page = rows.next(); !page.isEmpty(); page = rows.next()) {
                publisher.publish(records(page));
                acknowledged(page);
                last = page.getLast().position();
                sent += page.size();
                leadership.confirm();
            }
            leadership.refilled(rows.below(), last);
            if (sent > 0) {
                refills.increment();
                LOG.warnf(
                        "events sent from the table, because the slot is new: slot=%s events=%d",
                        database.slot(), sent);
            }
        }
    }

    private void stream(RelayDatabase.Leadership leadership, EventPublisher publisher)
            throws SQLException, InterruptedException, ExecutionException {
        Set<Long> done = leadership.takeAcknowledged();
        Recent recent = new Recent();
        try (RelayEngine engine = RelayEngine.start(
                database, config, (events, newMark) -> handle(publisher, events, newMark, done, recent))) {
            long savedPosition = -1;
            String savedMark = null;
            while (!engine.awaitEnd(role == Role.STREAMING ? config.leaderCheckInterval() : Duration.ofMillis(50))) {
                if (engine.streams()) {
                    role = Role.STREAMING;
                    reason = null;
                }
                lagBytes.set(leadership.confirm());
                String seenMark = mark;
                long position = lastPosition.get();
                if (position != savedPosition || (seenMark != null && !seenMark.equals(savedMark))) {
                    leadership.relayed(seenMark, position);
                    savedPosition = position;
                    savedMark = seenMark;
                }
            }
        } finally {
            // Also after a failure: these were acknowledged, and the next term may be spared them.
            leadership.leaveAcknowledged(recent.positions());
        }
    }

    /// On the engine's thread, one batch at a time.
    private void handle(
            EventPublisher publisher, List<StoredEvent> events, @Nullable String newMark, Set<Long> done, Recent recent)
            throws InterruptedException {
        List<StoredEvent> due = events.stream()
                .filter(event -> !done.contains(event.position()))
                .toList();
        if (!due.isEmpty()) {
            waitingSince = clock.instant();
            publisher.publish(records(due));
            waitingSince = null;
            acknowledged(due);
            recent.add(due);
        }
        if (newMark != null) {
            mark = newMark;
        }
    }

    private List<ProducerRecord<String, byte[]>> records(List<StoredEvent> events) {
        return events.stream()
                .map(event -> CloudEventRecord.of(event, event.topic(), source))
                .toList();
    }

    private void acknowledged(List<StoredEvent> events) {
        Instant now = clock.instant();
        for (StoredEvent event : events) {
            Duration late = Duration.between(event.occurredAt(), now);
            delay.record(late.isNegative() ? Duration.ZERO : late);
            lastPosition.accumulateAndGet(event.position(), Math::max);
        }
        published.increment(events.size());
        lastEventAt = events.getLast().occurredAt();
    }

    /// The last positions that were acknowledged.
    private static final class Recent {

        private final Deque<Long> positions = new ArrayDeque<>();

        synchronized void add(List<StoredEvent> events) {
            for (StoredEvent event : events) {
                positions.addLast(event.position());
                if (positions.size() > REMEMBERED) {
                    positions.removeFirst();
                }
            }
        }

        synchronized Set<Long> positions() {
            return Collections.unmodifiableSet(new HashSet<>(positions));
        }
    }
}
