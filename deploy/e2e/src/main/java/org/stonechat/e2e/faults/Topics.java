package org.stonechat.e2e.faults;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.stonechat.e2e.client.Disappointment;

/// Reads along with every topic of the platform from now on, outside any consumer group.
final class Topics implements AutoCloseable {

    static final List<String> ALL =
            List.of("tickets", "contacts", "directory", "reviews", "ratings", "mail", "notifications");

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread reader;
    private final List<EventLogs.Published> published = new ArrayList<>();
    private final Set<UUID> seen = new HashSet<>();
    private volatile boolean over;

    Topics(String bootstrapServers) {
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "none",
                        ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                        1_000),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = ALL.stream()
                .flatMap(topic -> consumer.partitionsFor(topic, PATIENCE).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // The end is looked up when it is asked for, and from here on nothing may be missed.
        partitions.forEach(partition -> consumer.position(partition, PATIENCE));
        this.reader = Thread.ofPlatform().daemon().name("topics").start(this::read);
    }

    /// Everything so far, in the order of each partition.
    synchronized List<EventLogs.Published> published() {
        return List.copyOf(published);
    }

    synchronized boolean has(UUID event) {
        return seen.contains(event);
    }

    @Override
    public void close() {
        over = true;
        consumer.wakeup();
        try {
            reader.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (consumer) {
            while (!over) {
                List<EventLogs.Published> read = new ArrayList<>();
                for (ConsumerRecord<String, byte[]> found : consumer.poll(Duration.ofMillis(200))) {
                    if (found.value() != null) {
                        read.add(event(found));
                    }
                }
                synchronized (this) {
                    published.addAll(read);
                    read.forEach(event -> seen.add(event.id()));
                }
            }
        } catch (org.apache.kafka.common.errors.WakeupException closing) {
            // close() wakes it up; there is nothing more to read.
            over = true;
        } catch (KafkaException e) {
            System.err.println("The topics cannot be read any more: " + e);
        }
    }

    private static EventLogs.Published event(ConsumerRecord<String, byte[]> found) {
        return new EventLogs.Published(
                UUID.fromString(header(found, "ce_id")),
                found.topic(),
                UUID.fromString(header(found, "ce_subject")),
                Long.parseLong(header(found, "ce_sequence")),
                Arrays.hashCode(found.value()));
    }

    private static String header(ConsumerRecord<String, byte[]> found, String name) {
        Header header = found.headers().lastHeader(name);
        if (header == null) {
            throw new Disappointment("a record of " + found.topic() + " has no header " + name);
        }
        return new String(header.value(), StandardCharsets.UTF_8);
    }
}
