package org.stonechat.testing;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/// Publishes events as another service would: CloudEvents in binary mode.
public final class EventSender implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final KafkaProducer<String, byte[]> producer;

    private EventSender(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        15_000),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /// A sender to the Kafka of the running `@QuarkusTest`.
    public static EventSender open() {
        return new EventSender(ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
    }

    /// Publishes one event and waits for the broker.
    ///
    /// @return the event's id
    public UUID send(String topic, String type, UUID subject, long sequence, JsonNode data, JsonNode personal) {
        return send(topic, type, UUID.randomUUID(), subject, sequence, data, personal);
    }

    public UUID send(
            String topic, String type, UUID id, UUID subject, long sequence, JsonNode data, JsonNode personal) {
        publish(
                topic,
                type,
                id,
                subject,
                sequence,
                JSON.createObjectNode()
                        .<com.fasterxml.jackson.databind.node.ObjectNode>set("data", data)
                        .set("personal", personal)
                        .toString()
                        .getBytes(StandardCharsets.UTF_8));
        return id;
    }

    /// Publishes that an entity of a compacted topic is gone.
    public void sendTombstone(String topic, String type, UUID subject, long sequence) {
        publish(topic, type, UUID.randomUUID(), subject, sequence, null);
    }

    private void publish(String topic, String type, UUID id, UUID subject, long sequence, byte @Nullable [] value) {
        ProducerRecord<String, byte[]> kafkaRecord = new ProducerRecord<>(topic, subject.toString(), value);
        header(kafkaRecord, "ce_specversion", "1.0");
        header(kafkaRecord, "ce_id", id.toString());
        header(kafkaRecord, "ce_type", type);
        header(kafkaRecord, "ce_source", "/test");
        header(kafkaRecord, "ce_subject", subject.toString());
        header(kafkaRecord, "ce_time", Instant.now().toString());
        header(kafkaRecord, "ce_sequence", Long.toString(sequence));
        header(kafkaRecord, "ce_dataschema", "urn:stonechat:" + topic + ":" + type + ":1");
        header(kafkaRecord, "ce_actor", "{\"kind\":\"SYSTEM\",\"id\":null,\"name\":null}");
        header(kafkaRecord, "ce_correlationid", UUID.randomUUID().toString());
        header(kafkaRecord, "content-type", "application/json");
        try {
            producer.send(kafkaRecord).get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending", interrupted);
        } catch (ExecutionException failure) {
            throw new IllegalStateException("the broker refused an event", failure);
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    private static void header(ProducerRecord<String, byte[]> kafkaRecord, String name, String value) {
        kafkaRecord.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
