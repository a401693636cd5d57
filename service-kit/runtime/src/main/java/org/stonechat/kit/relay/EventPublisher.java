package org.stonechat.kit.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Sends batches to the broker and returns when every record of the batch was acknowledged by all in-sync
/// replicas.
///
/// While the broker is away a call waits, however long that takes; it ends early only by an interrupt, by
/// [#close] from another thread, or by a failure that no retry can heal.
final class EventPublisher implements AutoCloseable {

    private final Producer<String, byte[]> producer;

    EventPublisher(Producer<String, byte[]> producer) {
        this.producer = producer;
    }

    /// A producer that keeps the order, repeats nothing within its own life, and waits for the broker rather
    /// than giving up.
    static Producer<String, byte[]> producer(Map<String, Object> kafka, int maxEventBytes) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.keySet().retainAll(ProducerConfig.configNames());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, maxEventBytes);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, Long.MAX_VALUE);
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        // Kafka loads some of its classes by name through the context class loader, which in Quarkus is not always
        // ours.
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(KafkaProducer.class.getClassLoader());
        try {
            return new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /// @throws IllegalStateException when the broker refuses a record for good; some of the batch may be on the
    /// broker
    void publish(List<ProducerRecord<String, byte[]>> batch) throws InterruptedException {
        List<Future<RecordMetadata>> pending = new ArrayList<>(batch.size());
        try {
            for (ProducerRecord<String, byte[]> record : batch) {
                Future<RecordMetadata> sent = producer.send(record);
                pending.add(sent);
                // A record refused at once must stop the ones behind it: a later event of the same subject that
                // overtakes it would make consumers ignore it for ever.
                if (sent.isDone()) {
                    sent.get();
                }
            }
            // Nothing more comes until this batch is acknowledged, so lingering would only delay it.
            producer.flush();
            for (Future<RecordMetadata> sent : pending) {
                sent.get();
            }
        } catch (ExecutionException refused) {
            throw new IllegalStateException("the broker refused an event", refused.getCause());
        } catch (InterruptException interrupt) {
            throw (InterruptedException) new InterruptedException("interrupted while sending").initCause(interrupt);
        }
    }

    /// How many partitions a topic has, so that a marker can be put on each.
    int partitions(String topic) {
        return producer.partitionsFor(topic).size();
    }

    /// Gives up what is not acknowledged: it was not marked as done, so the next leader sends it.
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
