package org.stonechat.kit.relay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.MemoryOffsetBackingStore;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;

import static java.nio.charset.StandardCharsets.UTF_8;

/// One run of Debezium's engine over the slot: it streams inserts of `domain_event` in commit order and ends
/// with the first failure; whoever leads starts another.
///
/// **The offset is the slot's own.** Debezium's offset store is left in memory on purpose: the slot's
/// `confirmed_flush_lsn` is as durable as the rows, is moved only after the broker acknowledged, survives a
/// failover of PostgreSQL, and cannot disagree with the slot because it is the slot. A second store would
/// have to be searched for in the log at every start (two connections to the stream one after the other, and
/// no confirmation until the next commit, during which a quiet service holds the whole cluster's log). What a
/// second store would add, that an orderly restart repeats nothing, is reached by the few positions that
/// [Relay] hands to the next term.
///
/// **Marks.** Each heartbeat writes a logical message that holds the oldest transaction still running. When
/// the message has come through the stream, every event of an older transaction has come before it: that is
/// how far a refill may count on the stream. Heartbeats keep the slot of a quiet service moving, too.
final class RelayEngine implements AutoCloseable {

    /// What the engine hands over: the events of a batch, and the newest mark among them.
    @FunctionalInterface
    interface BatchHandler {

        /// Returns when the batch is acknowledged; a failure ends the engine and leaves the batch to the next
        /// run.
        void handle(List<StoredEvent> events, @Nullable String mark) throws InterruptedException;
    }

    private static final Logger LOG = Logger.getLogger(RelayEngine.class);
    private static final String MARK = "stonechat-relay";

    /// Debezium registers its management beans by this number; an engine that is still stopping must not be
    /// in the way.
    private static final AtomicLong RUNS = new AtomicLong();

    private final DebeziumEngine<RecordChangeEvent<SourceRecord>> engine;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final CompletableFuture<Void> streaming = new CompletableFuture<>();
    private final BatchHandler handler;
    private final Duration stopTimeout;

    private RelayEngine(Properties properties, BatchHandler handler, Duration stopTimeout) {
        this.handler = handler;
        this.stopTimeout = stopTimeout;
        this.engine = DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
                .using(properties)
                .using(RelayEngine.class.getClassLoader())
                .using(new DebeziumEngine.ConnectorCallback() {
                    @Override
                    public void pollingStarted() {
                        streaming.complete(null);
                    }
                })
                .using(this::ended)
                .notifying(this::handle)
                .build();
    }

    static RelayEngine start(RelayDatabase database, RelayConfig config, BatchHandler handler) {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        // Debezium and Kafka Connect load plug-ins through it, and their threads inherit it.
        Thread.currentThread().setContextClassLoader(RelayEngine.class.getClassLoader());
        try {
            RelayEngine run = new RelayEngine(properties(database, config), handler, config.stopTimeout());
            Thread.ofPlatform().daemon().name("relay-engine").start(run.engine);
            return run;
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static Properties properties(RelayDatabase database, RelayConfig config) {
        Properties address = database.address();
        Properties properties = new Properties();
        for (String name : address.stringPropertyNames()) {
            switch (name) {
                case "PGHOST" -> properties.setProperty("database.hostname", address.getProperty(name));
                case "PGPORT" -> properties.setProperty("database.port", address.getProperty(name));
                case "PGDBNAME" -> properties.setProperty("database.dbname", address.getProperty(name));
                default -> properties.setProperty("driver." + name, address.getProperty(name));
            }
        }
        String name = "relay-" + RUNS.incrementAndGet();
        properties.setProperty("name", name);
        properties.setProperty("topic.prefix", name);
        properties.setProperty("connector.class", RelayConnector.class.getName());
        properties.setProperty("database.user", database.user());
        properties.setProperty("database.password", database.password());
        properties.setProperty("plugin.name", "pgoutput");
        properties.setProperty("slot.name", database.slot());
        properties.setProperty("slot.drop.on.stop", "false");
        properties.setProperty("slot.max.retries", "10");
        properties.setProperty("slot.retry.delay.ms", "100");
        properties.setProperty("publication.name", database.publication());
        properties.setProperty("publication.autocreate.mode", "disabled");
        properties.setProperty("snapshot.mode", "no_data");
        properties.setProperty("table.include.list", "public.domain_event");
        // Not part of an event, and of a type that Debezium does not know.
        properties.setProperty("column.exclude.list", "public.domain_event.transaction_id");
        properties.setProperty("message.prefix.include.list", MARK);
        properties.setProperty("heartbeat.interval.ms", millis(config.heartbeatInterval()));
        properties.setProperty(
                "heartbeat.action.query",
                "select pg_logical_emit_message(false, '" + MARK + "', pg_snapshot_xmin(pg_current_snapshot())::text)");
        properties.setProperty("offset.storage", MemoryOffsetBackingStore.class.getName());
        properties.setProperty("offset.flush.interval.ms", millis(config.flushInterval()));
        properties.setProperty("poll.interval.ms", millis(config.pollInterval()));
        properties.setProperty("max.batch.size", Integer.toString(config.batchSize()));
        properties.setProperty("max.queue.size", Integer.toString(config.batchSize() * 4));
        // The relay itself tries again, after it made sure that it still leads and that the slot is still there.
        properties.setProperty("errors.max.retries", "0");
        properties.setProperty(
                "task.management.timeout.ms", millis(config.stopTimeout().multipliedBy(2)));
        properties.setProperty("record.processing.threads", "1");
        return properties;
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    private void handle(
            List<RecordChangeEvent<SourceRecord>> batch,
            DebeziumEngine.RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
            throws InterruptedException {
        List<StoredEvent> events = new ArrayList<>(batch.size());
        String mark = null;
        for (RecordChangeEvent<SourceRecord> change : batch) {
            if (change.record().value() instanceof Struct value) {
                if (value.schema().field("message") != null) {
                    mark = text(value.getStruct("message").get("content"));
                } else if (value.schema().field("after") != null && value.getStruct("after") != null) {
                    events.add(StoredEvent.from(value.getStruct("after")));
                }
            }
        }
        handler.handle(events, mark);
        for (RecordChangeEvent<SourceRecord> change : batch) {
            committer.markProcessed(change);
        }
        committer.markBatchFinished();
    }

    private static String text(Object content) {
        return content instanceof ByteBuffer buffer
                ? UTF_8.decode(buffer.duplicate()).toString()
                : new String((byte[]) content, UTF_8);
    }

    private void ended(boolean success, @Nullable String message, @Nullable Throwable failure) {
        if (success && failure == null) {
            ended.complete(null);
        } else {
            ended.completeExceptionally(
                    failure == null ? new IllegalStateException("the engine ended: " + message) : failure);
        }
    }

    /// Whether the engine has come up and reads from the slot.
    boolean streams() {
        return streaming.isDone() && !ended.isDone();
    }

    /// Waits so long for the end of the run.
    ///
    /// @throws ExecutionException   with the reason when the run failed
    /// @throws InterruptedException when the caller is told to stop
    /// @return whether the run is over
    boolean awaitEnd(Duration time) throws InterruptedException, ExecutionException {
        try {
            ended.get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stillRunning) {
            return false;
        }
    }

    /// Stops after the batch in hand, or without it when it takes too long (the broker may be away): what was
    /// not marked is streamed again by the next run.
    @Override
    public void close() {
        if (ended.isDone()) {
            return;
        }
        Thread stopping = Thread.ofVirtual().name("relay-engine-stop").start(this::stop);
        try {
            if (!stopping.join(stopTimeout)) {
                LOG.warn("the engine does not stop in time and is left behind");
            }
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }

    private void stop() {
        // Debezium refuses to stop while its tasks start.
        while (!ended.isDone()) {
            try {
                engine.close();
                return;
            } catch (IllegalStateException starting) {
                LOG.debugf("the engine cannot be stopped yet: %s", starting.getMessage());
            } catch (IOException failure) {
                LOG.warn("the engine did not stop cleanly", failure);
                return;
            }
            try {
                ended.get(50, TimeUnit.MILLISECONDS);
            } catch (TimeoutException stillStarting) {
                continue;
            } catch (ExecutionException failed) {
                return;
            } catch (InterruptedException interrupt) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
