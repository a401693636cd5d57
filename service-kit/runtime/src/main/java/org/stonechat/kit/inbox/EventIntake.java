package org.stonechat.kit.inbox;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.interceptor.Interceptor;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.stonechat.kit.relay.TopicAdmin;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.reactive.messaging.annotations.Blocking;

/// Where batches from Kafka come in: one channel for live events, one for the replays of a rebuild.
///
/// A failure that passes is retried right here, so the order of a partition is kept and nothing is skipped;
/// offsets are committed after the batch's transactions, once a second for all partitions together: what
/// comes again after a crash is known to the inbox. While a rebuild runs, live batches wait for its end.
@ApplicationScoped
class EventIntake {

    private static final Logger LOG = Logger.getLogger(EventIntake.class);
    private static final String REBUILD_SUFFIX = TopicAdmin.REBUILD_SUFFIX;
    private static final Duration TOPIC_PATIENCE = Duration.ofSeconds(10);

    private final Map<String, EventConsumer> consumers = new TreeMap<>();
    private final Inbox inbox;
    private final Rebuild rebuild;
    private final InboxConfig config;
    private final InboxMetrics metrics;
    private final String group;
    private final Set<String> subscribed;
    private final Set<String> rebuilt;

    private volatile boolean stopping;
    private volatile boolean struggling;

    EventIntake(
            @Any Instance<EventConsumer> consumers,
            Inbox inbox,
            Rebuild rebuild,
            InboxConfig config,
            InboxMetrics metrics,
            @ConfigProperty(name = "quarkus.application.name") String group,
            @ConfigProperty(name = "mp.messaging.incoming.events.topics", defaultValue = "none") List<String> topics,
            @ConfigProperty(name = "mp.messaging.incoming.rebuild.topics", defaultValue = "none")
                    List<String> replays) {
        consumers.forEach(consumer -> this.consumers.put(consumer.topic(), consumer));
        this.inbox = inbox;
        this.rebuild = rebuild;
        this.config = config;
        this.metrics = metrics;
        this.group = group;
        this.subscribed = new TreeSet<>(topics);
        this.subscribed.remove("none");
        this.rebuilt = new TreeSet<>(replays);
        this.rebuilt.remove("none");
    }

    /// Runs before the channels open, and makes sure that what they subscribe to exists; a broker that is
    /// away is waited for in the background.
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event, TopicAdmin topics) {
        if (!subscribed.equals(consumers.keySet())) {
            throw new IllegalStateException("mp.messaging.incoming.events.topics names "
                    + subscribed
                    + " but there are consumers for "
                    + consumers.keySet());
        }
        metrics.watch(subscribed);
        Set<String> wanted = new TreeSet<>(subscribed);
        wanted.addAll(rebuilt);
        Thread making = Thread.ofVirtual().name("topics").start(() -> make(topics, wanted));
        try {
            making.join(TOPIC_PATIENCE);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void make(TopicAdmin topics, Set<String> wanted) {
        try {
            topics.ensure(wanted);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
    }

    /// True while a batch is being retried because something it needs is away.
    boolean struggling() {
        return struggling;
    }

    Map<String, EventConsumer> consumers() {
        return consumers;
    }

    @Incoming("events")
    @Blocking("event-intake")
    void live(ConsumerRecords<String, byte[]> batch) {
        byTopic(batch).forEach((topic, letters) -> {
            List<Letter> concerning =
                    letters.stream().filter(letter -> concerns(topic, letter)).toList();
            if (!concerning.isEmpty()) {
                takeUntilDone(topic, concerning, rebuild::requireLive);
            }
            metrics.taken(topic, letters);
        });
        takeTombstones(batch);
    }

    @Incoming("rebuild")
    @Blocking("event-rebuild")
    void replayed(ConsumerRecords<String, byte[]> batch) {
        Map<String, List<Letter>> replays = new LinkedHashMap<>();
        List<String> ends = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> kafkaRecord : batch) {
            Map<String, String> headers = CloudEvents.headers(kafkaRecord);
            if (!group.equals(headers.get("stonechat-rebuild-for"))) {
                continue;
            }
            if ("true".equals(headers.get("stonechat-rebuild-end"))) {
                ends.add(kafkaRecord.topic() + "/" + kafkaRecord.partition());
            } else if (kafkaRecord.value() != null) {
                String topic = liveTopic(kafkaRecord.topic());
                if (isKnown(topic, kafkaRecord)) {
                    replays.computeIfAbsent(topic, t -> new ArrayList<>())
                            .add(Letter.read(topic, headers, kafkaRecord.value()));
                }
            }
        }
        replays.forEach((topic, letters) -> {
            if (rebuild.running()) {
                takeUntilDone(topic, letters, () -> rebuild.count(letters.size()));
            }
        });
        if (!ends.isEmpty()) {
            untilDone(() -> rebuild.ended(ends));
        }
    }

    /// After the events of the batch: an entity that is gone does not come back under the same id.
    private void takeTombstones(ConsumerRecords<String, byte[]> batch) {
        for (ConsumerRecord<String, byte[]> kafkaRecord : batch) {
            if (kafkaRecord.value() == null) {
                CloudEvents.tombstone(kafkaRecord)
                        .ifPresent(gone -> untilDone(() -> inbox.takeTombstone(
                                kafkaRecord.topic(), gone.type(), gone.subject(), gone.sequence())));
            }
        }
    }

    private Map<String, List<Letter>> byTopic(ConsumerRecords<String, byte[]> batch) {
        Map<String, List<Letter>> letters = new LinkedHashMap<>();
        for (ConsumerRecord<String, byte[]> kafkaRecord : batch) {
            // A tombstone says that an entity of a compacted topic is gone; it is no event.
            if (kafkaRecord.value() != null && isKnown(kafkaRecord.topic(), kafkaRecord)) {
                letters.computeIfAbsent(kafkaRecord.topic(), topic -> new ArrayList<>())
                        .add(Letter.read(kafkaRecord.topic(), CloudEvents.headers(kafkaRecord), kafkaRecord.value()));
            }
        }
        return letters;
    }

    /// What does not even say its type is read, and found unreadable.
    private boolean isKnown(String topic, ConsumerRecord<String, byte[]> kafkaRecord) {
        return CloudEvents.type(kafkaRecord).map(consumer(topic)::knows).orElse(true);
    }

    /// What cannot be read concerns everybody: it becomes a dead letter.
    private boolean concerns(String topic, Letter letter) {
        return !letter.readable() || consumer(topic).concerns(letter.event());
    }

    private EventConsumer consumer(String topic) {
        EventConsumer consumer = consumers.get(topic);
        if (consumer == null) {
            throw new IllegalStateException("no consumer for the topic " + topic);
        }
        return consumer;
    }

    private void takeUntilDone(String topic, List<Letter> letters, Runnable inTransaction) {
        EventConsumer consumer = consumer(topic);
        untilDone(() -> inbox.take(consumer, letters, inTransaction));
    }

    private void untilDone(Runnable work) {
        Duration pause = config.firstPause();
        while (true) {
            ManagedContext request = Arc.container().requestContext();
            boolean activated = !request.isActive();
            if (activated) {
                request.activate();
            }
            try {
                work.run();
                struggling = false;
                return;
            } catch (Rebuild.Running running) {
                pause(config.rebuildPoll());
            } catch (RuntimeException failure) {
                if (!Failures.isTransient(failure)) {
                    // Even burying it as a dead letter failed: nothing may be skipped, so this
                    // waits too.
                    LOG.error("events could neither be handled nor kept as dead letters", failure);
                }
                struggling = true;
                LOG.warnf("taking in events waits for %s: %s", pause, Failures.reason(failure));
                pause(pause);
                pause = pause.multipliedBy(2).compareTo(config.longestPause()) < 0
                        ? pause.multipliedBy(2)
                        : config.longestPause();
            } finally {
                if (activated) {
                    request.terminate();
                }
            }
        }
    }

    /// @throws TransientFailure when the process stops meanwhile: the batch stays uncommitted and comes again
    private void pause(Duration pause) {
        long end = System.nanoTime() + pause.toNanos();
        while (System.nanoTime() < end) {
            if (stopping) {
                throw new TransientFailure("the service stops");
            }
            java.util.concurrent.locks.LockSupport.parkNanos(Math.min(end - System.nanoTime(), 50_000_000L));
        }
    }

    private static String liveTopic(String topic) {
        return topic.endsWith(REBUILD_SUFFIX) ? topic.substring(0, topic.length() - REBUILD_SUFFIX.length()) : topic;
    }
}
