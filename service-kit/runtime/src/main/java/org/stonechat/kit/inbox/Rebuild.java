package org.stonechat.kit.inbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Uuid7;

import io.quarkus.narayana.jta.QuarkusTransaction;

/// The state of a rebuild, in the database because every replica must see it.
///
/// Starting one empties projections and inbox together. The publishers then fill `<topic>.rebuild` for this
/// consumer group (their `republish` operation) and end each partition with a marker; the rebuild is over
/// when all markers came.
@ApplicationScoped
class Rebuild {

    private static final Logger LOG = Logger.getLogger(Rebuild.class);

    private final DataSource dataSource;
    private final InstantSource clock;
    private final int partitions;

    Rebuild(
            DataSource dataSource,
            InstantSource clock,
            @ConfigProperty(name = "stonechat.topics.partitions", defaultValue = "12") int partitions) {
        this.dataSource = dataSource;
        this.clock = clock;
        this.partitions = partitions;
    }

    /// Says to a live batch: wait.
    static final class Running extends RuntimeException {
        Running() {
            super("a rebuild is running", null, false, false);
        }
    }

    record State(
            @Nullable UUID run,
            boolean running,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            long eventsTakenIn,
            List<String> waitingFor) {}

    State start(Collection<EventConsumer> consumers, InboxTable inbox) {
        return QuarkusTransaction.requiringNew().timeout(120).call(() -> {
            try (Connection connection = dataSource.getConnection()) {
                if (read(connection, "for update").running()) {
                    return read(connection, "");
                }
                List<String> topics = new ArrayList<>();
                List<String> markers = new ArrayList<>();
                for (EventConsumer consumer : consumers) {
                    consumer.reset();
                    topics.add(consumer.topic());
                    for (int partition = 0; partition < partitions; partition++) {
                        markers.add(consumer.topic() + ".rebuild/" + partition);
                    }
                }
                inbox.empty(connection, topics);
                try (PreparedStatement update =
                        connection.prepareStatement("update rebuild_state set run = ?, running = true, started_at = ?,"
                                + " finished_at = null, taken_in = 0, open_markers = ?")) {
                    update.setObject(1, Uuid7.next());
                    update.setObject(2, now());
                    update.setArray(3, connection.createArrayOf("text", markers.toArray()));
                    update.executeUpdate();
                }
                LOG.infof("a rebuild starts: topics=%s", topics);
                return read(connection, "");
            }
        });
    }

    State state() {
        try (Connection connection = dataSource.getConnection()) {
            return read(connection, "");
        } catch (SQLException failure) {
            throw new TransientFailure("the database is away", failure);
        }
    }

    boolean running() {
        return state().running();
    }

    /// Inside the transaction of a live batch: holds off a rebuild that wants to start, or waits for one that
    /// runs.
    ///
    /// @throws Running when one runs
    void requireLive() {
        try (Connection connection = dataSource.getConnection()) {
            if (read(connection, "for share").running()) {
                throw new Running();
            }
        } catch (SQLException failure) {
            throw new TransientFailure("the database is away", failure);
        }
    }

    /// Inside the transaction of a replayed batch.
    void count(int events) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement update =
                        connection.prepareStatement("update rebuild_state set taken_in = taken_in + ?")) {
            update.setInt(1, events);
            update.executeUpdate();
        } catch (SQLException failure) {
            throw new TransientFailure("the database is away", failure);
        }
    }

    void ended(List<String> markers) {
        QuarkusTransaction.requiringNew().run(() -> {
            try (Connection connection = dataSource.getConnection();
                    PreparedStatement update = connection.prepareStatement("""
                                                    update rebuild_state set
                                                      open_markers = array(select unnest(open_markers)
                                                                           except select unnest(?::text[])),
                                                      running = exists (select unnest(open_markers)
                                                                        except select unnest(?::text[])),
                                                      finished_at = ?
                                                    where running
                                                    """)) {
                update.setArray(1, connection.createArrayOf("text", markers.toArray()));
                update.setArray(2, connection.createArrayOf("text", markers.toArray()));
                update.setObject(3, now());
                update.executeUpdate();
            } catch (SQLException failure) {
                throw new TransientFailure("the database is away", failure);
            }
        });
    }

    private State read(Connection connection, String lock) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "select run, running, started_at, finished_at, taken_in, open_markers from rebuild_state "
                                + lock);
                ResultSet row = select.executeQuery()) {
            row.next();
            OffsetDateTime started = row.getObject(3, OffsetDateTime.class);
            OffsetDateTime finished = row.getObject(4, OffsetDateTime.class);
            return new State(
                    row.getObject(1, UUID.class),
                    row.getBoolean(2),
                    started == null ? null : started.toInstant(),
                    finished == null ? null : finished.toInstant(),
                    row.getLong(5),
                    List.of((String[]) row.getArray(6).getArray()));
        }
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
