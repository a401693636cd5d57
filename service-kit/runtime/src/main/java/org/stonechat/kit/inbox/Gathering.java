package org.stonechat.kit.inbox;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// Lets events that come close together be handled together. The first after a silence is handed on at once;
/// while a few follow it every moment, the next are handed on a tenth of a second later, so that one transaction
/// and one commit serve all that came meanwhile. Who catches up has full hands and never waits.
///
/// Used over `fetch.min.bytes`, which makes also the first event wait and asks the broker as often in a silence
/// as under load.
public final class Gathering implements ConsumerInterceptor<String, byte[]> {

    static final Duration TIME = Duration.ofMillis(100);

    /// As many as this are worth a transaction of their own.
    static final int ENOUGH = 200;

    private final LongSupplier nanoTime;
    private final LongConsumer rest;
    private long mayHandOnAt;
    private boolean begun;

    /// For Kafka.
    public Gathering() {
        this(System::nanoTime, LockSupport::parkNanos);
    }

    Gathering(LongSupplier nanoTime, LongConsumer rest) {
        this.nanoTime = nanoTime;
        this.rest = rest;
    }

    @Override
    public ConsumerRecords<String, byte[]> onConsume(ConsumerRecords<String, byte[]> records) {
        long early = mayHandOnAt - nanoTime.getAsLong();
        if (begun && early > 0 && records.count() < ENOUGH) {
            rest.accept(early);
        }
        mayHandOnAt = nanoTime.getAsLong() + TIME.toNanos();
        begun = true;
        return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        // Nothing depends on what was committed.
    }

    @Override
    public void close() {
        // Holds nothing.
    }

    @Override
    public void configure(Map<String, ?> configs) {
        // Nothing can be set.
    }
}
