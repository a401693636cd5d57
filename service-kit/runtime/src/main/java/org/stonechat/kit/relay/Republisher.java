package org.stonechat.kit.relay;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLState;
import org.stonechat.kit.event.Uuid7;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Sends all events of a topic from the table to `<topic>.rebuild`, for one consumer group that rebuilds.
///
/// Every record carries the group in `stonechat-rebuild-for` (other groups pass over it) and the run in
/// `stonechat-rebuild-run`; behind the last event each partition gets a marker without key and value and with
/// `stonechat-rebuild-end: true`. The events are those of one snapshot, so a consumer that stopped taking in
/// live events before the run began misses none: what committed later comes on the live topic.
final class Republisher {

    static final String FOR = "stonechat-rebuild-for";
    static final String RUN = "stonechat-rebuild-run";
    static final String END = "stonechat-rebuild-end";

    private static final Logger LOG = Logger.getLogger(Republisher.class);
    private static final byte[] TRUE = "true".getBytes(UTF_8);

    private static final String COLUMNS =
            "id, topic, consumer_group, state, sent, total, reason, started_at, finished_at";

    private final RelayDatabase database;
    private final String source;
    private final Supplier<Producer<String, byte[]>> producers;
    private final TopicAdmin topicAdmin;
    private final InstantSource clock;

    Republisher(
            RelayDatabase database,
            String source,
            Supplier<Producer<String, byte[]>> producers,
            TopicAdmin topicAdmin,
            InstantSource clock) {
        this.database = database;
        this.source = source;
        this.producers = producers;
        this.topicAdmin = topicAdmin;
        this.clock = clock;
    }

    enum State {
        RUNNING,
        DONE,
        FAILED
    }

    record Run(
            UUID id,
            String topic,
            String group,
            State state,
            long sent,
            long total,
            @Nullable String reason,
            Instant startedAt,
            @Nullable Instant finishedAt) {

        private static Run from(ResultSet row) throws SQLException {
            OffsetDateTime finished = row.getObject(9, OffsetDateTime.class);
            return new Run(
                    row.getObject(1, UUID.class),
                    row.getString(2),
                    row.getString(3),
                    State.valueOf(row.getString(4)),
                    row.getLong(5),
                    row.getLong(6),
                    row.getString(7),
                    row.getObject(8, OffsetDateTime.class).toInstant(),
                    finished == null ? null : finished.toInstant());
        }
    }

    /// Starts a run in the background.
    ///
    /// @return the new run, or empty when one for this topic and group is running already
    Optional<Run> start(String topic, String group) throws SQLException {
        failDeadRuns();
        UUID id = Uuid7.next();
        // Kept open while the run lasts: its lock tells other processes that the run is alive.
        Connection alive = database.open(Duration.ofMinutes(1));
        try {
            lock(alive, id);
            try (PreparedStatement insert =
                    alive.prepareStatement("insert into republish_run (id, topic, consumer_group, state, started_at)"
                            + " values (?, ?, ?, 'RUNNING', ?)")) {
                insert.setObject(1, id);
                insert.setString(2, topic);
                insert.setString(3, group);
                insert.setObject(4, now());
                insert.executeUpdate();
            }
        } catch (SQLException failure) {
            alive.close();
            if (PSQLState.UNIQUE_VIOLATION.getState().equals(failure.getSQLState())) {
                return Optional.empty();
            }
            throw failure;
        }
        Run run = new Run(id, topic, group, State.RUNNING, 0, 0, null, clock.instant(), null);
        LOG.infof("republish starts: run=%s topic=%s group=%s", id, topic, group);
        Thread.ofVirtual().name("republish-" + topic).start(() -> perform(run, alive));
        return Optional.of(run);
    }

    Optional<Run> find(UUID id) throws SQLException {
        try (Connection connection = database.open(Duration.ofSeconds(10));
                PreparedStatement select =
                        connection.prepareStatement("select " + COLUMNS + " from republish_run where id = ?")) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(Run.from(row)) : Optional.empty();
            }
        }
    }

    /// Marks runs whose process is gone, so that they can be started again.
    void failDeadRuns() throws SQLException {
        try (Connection connection = database.open(Duration.ofSeconds(10));
                PreparedStatement select =
                        connection.prepareStatement("select id from republish_run where state = 'RUNNING'");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                UUID id = rows.getObject(1, UUID.class);
                // Its own session: one that already holds a lock would get it again.
                try (Connection probe = database.open(Duration.ofSeconds(10))) {
                    if (tryLock(probe, id)) {
                        finish(probe, id, State.FAILED, "the process that ran it ended");
                    }
                }
            }
        }
    }

    private void perform(Run run, Connection alive) {
        try (alive) {
            try {
                long sent = send(run, alive);
                finish(alive, run.id(), State.DONE, null);
                LOG.infof("republished: run=%s topic=%s group=%s events=%d", run.id(), run.topic(), run.group(), sent);
            } catch (SQLException | InterruptedException | RuntimeException failure) {
                LOG.warnf(failure, "republish failed: run=%s topic=%s group=%s", run.id(), run.topic(), run.group());
                finish(alive, run.id(), State.FAILED, failure.toString());
            }
        } catch (SQLException unrecorded) {
            LOG.warnf(unrecorded, "the end of a republish could not be recorded: run=%s", run.id());
        }
    }

    private long send(Run run, Connection alive) throws SQLException, InterruptedException {
        String target = run.topic() + TopicAdmin.REBUILD_SUFFIX;
        topicAdmin.ensure(List.of(target));
        try (RelayDatabase.Rows rows = database.ofTopic(run.topic());
                EventPublisher publisher = new EventPublisher(producers.get())) {
            progress(alive, run.id(), 0, rows.total());
            long sent = 0;
            for (List<StoredEvent> page = rows.next(); !page.isEmpty(); page = rows.next()) {
                publisher.publish(page.stream()
                        .map(event -> mark(run, CloudEventRecord.of(event, target, source)))
                        .toList());
                sent += page.size();
                progress(alive, run.id(), sent, rows.total());
            }
            List<ProducerRecord<String, byte[]>> markers = new ArrayList<>();
            for (int partition = 0; partition < publisher.partitions(target); partition++) {
                ProducerRecord<String, byte[]> marker = mark(run, new ProducerRecord<>(target, partition, null, null));
                marker.headers().add(END, TRUE);
                markers.add(marker);
            }
            publisher.publish(markers);
            return sent;
        }
    }

    private static ProducerRecord<String, byte[]> mark(Run run, ProducerRecord<String, byte[]> message) {
        message.headers()
                .add(FOR, run.group().getBytes(UTF_8))
                .add(RUN, run.id().toString().getBytes(UTF_8));
        return message;
    }

    private static void progress(Connection connection, UUID id, long sent, long total) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update republish_run set sent = ?, total = ? where id = ?")) {
            update.setLong(1, sent);
            update.setLong(2, total);
            update.setObject(3, id);
            update.executeUpdate();
        }
    }

    private void finish(Connection connection, UUID id, State state, @Nullable String reason) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update republish_run set state = ?, reason = ?, finished_at = ?"
                        + " where id = ? and state = 'RUNNING'")) {
            update.setString(1, state.name());
            update.setString(2, reason);
            update.setObject(3, now());
            update.setObject(4, id);
            update.executeUpdate();
        }
    }

    private static void lock(Connection connection, UUID id) throws SQLException {
        if (!tryLock(connection, id)) {
            throw new IllegalStateException("somebody holds the lock of a new run");
        }
    }

    private static boolean tryLock(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement("select pg_try_advisory_lock(?)")) {
            lock.setLong(1, id.getMostSignificantBits() ^ id.getLeastSignificantBits());
            try (ResultSet row = lock.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
