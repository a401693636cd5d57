package org.stonechat.e2e.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.stonechat.e2e.client.Disappointment;

/// How long an event takes from its transaction to a consumer.
///
/// Measured from the event's own time, which lies a little before the commit, to the moment a consumer of the
/// bench has it in hand; both by the clock of this machine. The tickets are opened at an even pace, not as
/// fast as can be.
final class EventDelay {

    private static final String TOPIC = "tickets";
    private static final Duration PACE = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String bootstrapServers;
    private final BenchDesk desk;
    private final InstantSource clock;

    EventDelay(String bootstrapServers, BenchDesk desk, InstantSource clock) {
        this.bootstrapServers = bootstrapServers;
        this.desk = desk;
        this.clock = clock;
    }

    Latencies of(int events) {
        Set<UUID> opened = ConcurrentHashMap.newKeySet();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = consumer.partitionsFor(TOPIC).stream()
                    .map(partition -> new TopicPartition(TOPIC, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            Thread opening = Thread.ofPlatform().daemon().start(() -> open(events, opened));
            Map<UUID, Long> delays = new HashMap<>();
            long end = System.nanoTime() + PACE.toNanos() * events + PATIENCE.toNanos();
            while (opening.isAlive() || !delays.keySet().containsAll(opened)) {
                if (System.nanoTime() > end) {
                    throw new Disappointment("of " + opened.size() + " events " + delays.size() + " have come in time");
                }
                var records = consumer.poll(Duration.ofMillis(100));
                Instant now = clock.instant();
                records.forEach(event -> delays.putIfAbsent(
                        UUID.fromString(header(event, "ce_subject")),
                        Duration.between(Instant.parse(header(event, "ce_time")), now)
                                .toNanos()));
            }
            if (opened.size() < events) {
                throw new Disappointment("only " + opened.size() + " of " + events + " tickets could be opened");
            }
            Latencies latencies = new Latencies();
            opened.forEach(ticket -> latencies.add(Objects.requireNonNull(delays.get(ticket))));
            return latencies;
        }
    }

    private void open(int events, Set<UUID> opened) {
        try (BenchDesk.Creator creator = desk.new Creator()) {
            long next = System.nanoTime();
            for (int i = 0; i < events; i++) {
                next += PACE.toNanos();
                opened.add(creator.of(i % 100));
                LockSupport.parkNanos(next - System.nanoTime());
            }
        } catch (java.io.IOException e) {
            throw new Disappointment("a ticket could not be opened: " + e, e);
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> event, String name) {
        Header header = event.headers().lastHeader(name);
        if (header == null) {
            throw new Disappointment("an event has no " + name);
        }
        return new String(header.value(), StandardCharsets.UTF_8);
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }
}
