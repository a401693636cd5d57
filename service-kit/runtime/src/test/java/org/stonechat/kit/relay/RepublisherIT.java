package org.stonechat.kit.relay;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.parts.LocalKafka;
import org.stonechat.parts.LocalPostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class RepublisherIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static LocalPostgres postgres;
    private static LocalKafka kafka;

    private final UUID first = Uuid7.next();
    private final UUID second = Uuid7.next();
    private RelayRig rig;
    private Republisher republisher;

    @BeforeAll
    static void startParts() {
        postgres = LocalPostgres.forTests();
        kafka = LocalKafka.forTests();
    }

    @BeforeEach
    void makeRig() throws SQLException {
        rig = new RelayRig(postgres, kafka);
        rig.database().prepare();
        republisher = new Republisher(
                rig.database(), "/rig-service", rig.producers(), rig.topicAdmin(), InstantSource.system());
    }

    @AfterEach
    void closeRig() throws SQLException {
        rig.close();
    }

    @Test
    void shouldSendEveryEventForTheGroupAndEndEachPartitionWithAMarker() throws SQLException {
        rig.append(first, 1500);
        rig.append(second, 700);

        Republisher.Run run = republisher.start(rig.topic, "analytics-service").orElseThrow();

        awaitState(run.id(), Republisher.State.DONE);
        assertThat(republisher.find(run.id()).orElseThrow().sent()).isEqualTo(2200);
        assertThat(republisher.find(run.id()).orElseThrow().total()).isEqualTo(2200);
        List<ConsumerRecord<String, byte[]>> sent = rig.received(rig.topic + ".rebuild");
        assertThat(sent).allSatisfy(message -> {
            assertThat(RelayRig.header(message, Republisher.FOR)).isEqualTo("analytics-service");
            assertThat(RelayRig.header(message, Republisher.RUN))
                    .isEqualTo(run.id().toString());
        });
        List<ConsumerRecord<String, byte[]>> events =
                sent.stream().filter(message -> message.value() != null).toList();
        assertThat(events).hasSize(2200);
        for (UUID subject : List.of(first, second)) {
            assertThat(events.stream()
                            .filter(message -> message.key().equals(subject.toString()))
                            .map(message -> Long.valueOf(RelayRig.header(message, "ce_sequence"))))
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
        for (int partition = 0; partition < rig.config().partitions(); partition++) {
            int number = partition;
            ConsumerRecord<String, byte[]> last = sent.stream()
                    .filter(message -> message.partition() == number)
                    .toList()
                    .getLast();
            assertThat(RelayRig.header(last, Republisher.END)).isEqualTo("true");
            assertThat(last.value()).isNull();
        }
    }

    @Test
    void shouldRefuseASecondRunForTheSameGroupWhileOneIsAlive() throws SQLException {
        UUID running = Uuid7.next();
        try (Connection alive = rig.connect()) {
            pretendToRun(alive, running, true);

            assertThat(republisher.start(rig.topic, "analytics-service")).isEmpty();
            assertThat(republisher.start(rig.topic, "review-ingest-service")).isPresent();
        }
    }

    @Test
    void shouldMarkARunAsFailedWhoseProcessEnded() throws SQLException {
        UUID dead = Uuid7.next();
        try (Connection connection = rig.connect()) {
            pretendToRun(connection, dead, false);
        }

        republisher.failDeadRuns();

        assertThat(republisher.find(dead).orElseThrow().state()).isEqualTo(Republisher.State.FAILED);
        assertThat(republisher.start(rig.topic, "analytics-service")).isPresent();
    }

    private void pretendToRun(Connection connection, UUID id, boolean alive) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("insert into republish_run (id, topic, consumer_group, state, started_at) values ('"
                    + id
                    + "', '"
                    + rig.topic
                    + "', 'analytics-service', 'RUNNING', current_timestamp)");
            if (alive) {
                statement.execute("select pg_advisory_lock("
                        + (id.getMostSignificantBits() ^ id.getLeastSignificantBits())
                        + ")");
            }
        }
    }

    private void awaitState(UUID run, Republisher.State state) {
        await().atMost(PATIENCE).until(() -> republisher.find(run).orElseThrow().state() == state);
    }
}
