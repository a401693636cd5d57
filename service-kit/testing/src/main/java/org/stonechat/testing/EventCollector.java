package org.stonechat.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/// Reads what a service really published on a topic, from the topic's beginning.
public final class EventCollector implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final ObjectMapper JSON = new ObjectMapper();

    /// An event on Kafka: its key, its headers as text, and both parts of its payload.
    public record Published(String key, Map<String, String> headers, JsonNode data, JsonNode personal) {

        public String type() {
            return header("ce_type");
        }

        public UUID subject() {
            return UUID.fromString(header("ce_subject"));
        }

        public long sequence() {
            return Long.parseLong(header("ce_sequence"));
        }

        private String header(String name) {
            String value = headers.get(name);
            if (value == null) {
                throw new IllegalStateException("an event was published without the header " + name);
            }
            return value;
        }
    }

    private final KafkaConsumer<String, byte[]> consumer;
    private final Set<UUID> gone = ConcurrentHashMap.newKeySet();
    private final List<Published> seen = new CopyOnWriteArrayList<>();

    private EventCollector(String bootstrapServers, String topic) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                        false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = new ArrayList<>();
        Awaitility.await().atMost(PATIENCE).until(() -> consumer.listTopics().containsKey(topic));
        consumer.partitionsFor(topic).forEach(p -> partitions.add(new TopicPartition(topic, p.partition())));
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /// A collector on the Kafka of the running `@QuarkusTest`; waits for the topic to exist.
    public static EventCollector on(String topic) {
        return new EventCollector(ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class), topic);
    }

    /// Everything published so far, in the order of each partition.
    public List<Published> all() {
        for (ConsumerRecord<String, byte[]> kafkaRecord : consumer.poll(Duration.ofMillis(200))) {
            if (kafkaRecord.value() == null) {
                gone.add(UUID.fromString(kafkaRecord.key()));
            } else {
                seen.add(read(kafkaRecord));
            }
        }
        return List.copyOf(seen);
    }

    /// Waits until an entity of a compacted topic is said to be gone.
    public void awaitGone(UUID subject) {
        Awaitility.await("the end of " + subject)
                .atMost(PATIENCE)
                .pollInSameThread()
                .until(() -> {
                    all();
                    return gone.contains(subject);
                });
    }

    /// Waits (up to 90 s) for an event that fits, and returns the first one.
    public Published await(String description, Predicate<Published> fits) {
        return Awaitility.await(description)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .pollInSameThread()
                .until(() -> all().stream().filter(fits).findFirst().orElse(null), java.util.Objects::nonNull);
    }

    public Published awaitType(String type, UUID subject) {
        return await(type + " of " + subject, event -> type.equals(event.type()) && subject.equals(event.subject()));
    }

    @Override
    public void close() {
        consumer.close();
    }

    private static Published read(ConsumerRecord<String, byte[]> kafkaRecord) {
        Map<String, String> headers = new LinkedHashMap<>();
        kafkaRecord
                .headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        try {
            JsonNode payload = JSON.readTree(kafkaRecord.value());
            return new Published(kafkaRecord.key(), headers, payload.path("data"), payload.path("personal"));
        } catch (IOException failure) {
            throw new IllegalStateException("not JSON on " + kafkaRecord.topic(), failure);
        }
    }
}
