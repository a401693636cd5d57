package org.stonechat.kit.relay;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.parts.LocalKafka;
import org.stonechat.parts.LocalPostgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

class RelayIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static LocalPostgres postgres;
    private static LocalKafka kafka;

    private final UUID ticket = Uuid7.next();
    private RelayRig rig;

    @BeforeAll
    static void startParts() {
        postgres = LocalPostgres.forTests();
        kafka = LocalKafka.forTests();
    }

    @BeforeEach
    void makeRig() {
        rig = new RelayRig(postgres, kafka);
    }

    @AfterEach
    void closeRig() throws SQLException {
        rig.close();
    }

    @Test
    void shouldPublishAnEventAsACloudEvent() throws SQLException {
        rig.startRelay();

        rig.append(ticket, 1);

        rig.awaitReceived(1);
        ConsumerRecord<String, byte[]> message = rig.received().getFirst();
        assertThat(message.key()).isEqualTo(ticket.toString());
        assertThat(new String(message.value(), UTF_8))
                .isEqualTo("{\"data\":{\"number\": 1},\"personal\":{\"subject\": \"grüße\"}}");
        assertThat(RelayRig.header(message, "ce_specversion")).isEqualTo("1.0");
        assertThat(RelayRig.header(message, "ce_id")).isEqualTo(rig.query("select id from domain_event"));
        assertThat(RelayRig.header(message, "ce_type")).isEqualTo("TicketCreated");
        assertThat(RelayRig.header(message, "ce_source")).isEqualTo("/rig-service");
        assertThat(RelayRig.header(message, "ce_subject")).isEqualTo(ticket.toString());
        assertThat(RelayRig.header(message, "ce_sequence")).isEqualTo("1");
        assertThat(RelayRig.header(message, "ce_dataschema"))
                .isEqualTo("urn:stonechat:" + rig.topic + ":TicketCreated:1");
        assertThat(RelayRig.header(message, "ce_actor")).isEqualTo("{\"kind\": \"SYSTEM\"}");
        assertThat(RelayRig.header(message, "ce_causationid")).isNull();
        assertThat(RelayRig.header(message, "ce_correlationid")).isEqualTo(ticket.toString());
        assertThat(RelayRig.header(message, "traceparent"))
                .isEqualTo("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assertThat(RelayRig.header(message, "content-type")).isEqualTo("application/json");
        assertThat(Instant.parse(RelayRig.header(message, "ce_time")))
                .isCloseTo(Instant.now(), within(Duration.ofMinutes(1)));
    }

    @Test
    void shouldPublishOnlyWhatCommitted() throws SQLException {
        rig.startRelay();
        UUID refused = Uuid7.next();
        try (Connection connection = rig.connect()) {
            connection.setAutoCommit(false);
            rig.append(connection, refused, 3);
            connection.rollback();
        }

        rig.append(ticket, 3);

        rig.awaitReceived(3);
        assertThat(rig.sequences(refused)).isEmpty();
        assertThat(rig.sequences(ticket)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void shouldRepeatNothingAfterAnOrderlyRestart() throws SQLException {
        Relay first = rig.startRelay();
        rig.append(ticket, 50);
        rig.awaitReceived(50);

        first.stop();
        for (int i = 0; i < 5; i++) {
            rig.append(ticket, 10);
        }
        rig.startRelay();
        rig.append(ticket, 50);

        rig.awaitReceived(150);
        assertThat(rig.sequences(ticket)).containsExactlyElementsOf(upTo(150));
    }

    @Test
    void shouldLoseNothingOverManyRestartsUnderLoad() throws Exception {
        Relay relay = rig.startRelay();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            try {
                for (int i = 0; i < 400; i++) {
                    rig.append(ticket, 1 + i % 4);
                }
            } catch (SQLException failure) {
                throw new IllegalStateException(failure);
            }
        });
        for (int restarts = 0; restarts < 5; restarts++) {
            RelayRig.awaitRole(relay, Relay.Role.STREAMING);
            relay.stop();
            relay = rig.startRelay();
        }
        writing.join();

        rig.awaitReceived(1000);
        // What came twice is older than what had been seen, never newer: consumers pass over it.
        assertThat(firstSightings(rig.sequences(ticket))).containsExactlyElementsOf(upTo(1000));
    }

    @Test
    void shouldRepeatButLoseNothingWhenABatchBreaksOffInTheMiddle() throws SQLException {
        AtomicInteger left = new AtomicInteger(25);
        rig.startRelay(() -> breakingAfter(left, rig.producers().get()), Map.of());

        rig.append(ticket, 50);

        rig.awaitReceived(50);
        List<Long> sequences = rig.sequences(ticket);
        assertThat(sequences).hasSizeGreaterThan(50);
        assertThat(firstSightings(sequences)).containsExactlyElementsOf(upTo(50));
    }

    @Test
    void shouldLetAStandbyTakeOverByItselfWhenTheLeaderIsCutOff() throws SQLException {
        Relay leader = rig.startRelay(rig.producers(), Map.of("stonechat.relay.retry-delay", "1h"));
        RelayRig.awaitRole(leader, Relay.Role.STREAMING);
        Relay standby = rig.startRelay();
        RelayRig.awaitRole(standby, Relay.Role.STANDBY);

        // Both sessions of the leader, the lock's and the stream's: what the server sees when a process is killed.
        rig.query("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database()"
                + " and (backend_type = 'walsender' or pid in (select pid from pg_locks where granted"
                + " and locktype = 'advisory'))");
        rig.append(ticket, 1);

        // The leader would come back in an hour. How soon a standby looks is for RelayConfigTest to say.
        await().atMost(PATIENCE).until(() -> standby.lastEventAt() != null);
        assertThat(standby.role()).isEqualTo(Relay.Role.STREAMING);
        rig.awaitReceived(1);
    }

    @Test
    void shouldHandOverAtOnceWhenTheLeaderStops() throws SQLException {
        Relay leader = rig.startRelay();
        RelayRig.awaitRole(leader, Relay.Role.STREAMING);
        Relay standby = rig.startRelay();
        RelayRig.awaitRole(standby, Relay.Role.STANDBY);

        leader.stop();

        await().atMost(PATIENCE).until(() -> standby.role() == Relay.Role.STREAMING);
        assertThat(leader.role()).isEqualTo(Relay.Role.STOPPED);
        rig.append(ticket, 1);
        rig.awaitReceived(1);
    }

    @Test
    void shouldRefillFromTheTableWhenTheSlotIsGone() throws SQLException {
        Relay relay = rig.startRelay();
        rig.append(ticket, 20);
        rig.awaitReceived(20);
        awaitMarkBehindEverythingSoFar();
        UUID late = Uuid7.next();
        try (Connection connection = rig.connect()) {
            connection.setAutoCommit(false);
            // Takes an early position and commits when the slot is gone and later positions were relayed.
            rig.append(connection, late, 1);
            rig.append(ticket, 20);
            rig.awaitReceived(40);
            relay.stop();
            rig.dropSlot();
            connection.commit();
        }
        rig.append(ticket, 20);

        rig.startRelay();

        rig.awaitReceived(61);
        rig.append(ticket, 20);
        rig.awaitReceived(81);
        assertThat(rig.sequences(late)).containsExactly(1L);
        assertThat(firstSightings(rig.sequences(ticket))).containsExactlyElementsOf(upTo(80));
        // What was known to be relayed is not sent once more.
        assertThat(rig.sequences(ticket).stream().filter(sequence -> sequence <= 20))
                .hasSize(20);
        assertThat(rig.meters.counter("stonechat.relay.refills").count()).isEqualTo(1);
    }

    @Test
    void shouldRefillFromTheTableWhenTheServerGaveTheSlotUp() throws SQLException {
        Relay relay = rig.startRelay();
        rig.append(ticket, 5);
        rig.awaitReceived(5);
        relay.stop();
        rig.append(ticket, 5);
        superuser("alter system set max_slot_wal_keep_size = '1MB'", "select pg_reload_conf()");
        try {
            await().atMost(PATIENCE).until(() -> {
                superuser("select pg_switch_wal()", "checkpoint");
                superuser("create table if not exists filler (x text)", "insert into filler values ('x')");
                return "lost"
                        .equals(rig.query(
                                "select wal_status from pg_replication_slots where slot_name = '" + rig.slot() + "'"));
            });
        } finally {
            superuser("alter system reset max_slot_wal_keep_size", "select pg_reload_conf()");
        }

        rig.startRelay();

        rig.awaitReceived(10);
        rig.append(ticket, 5);
        rig.awaitReceived(15);
        assertThat(firstSightings(rig.sequences(ticket))).containsExactlyElementsOf(upTo(15));
    }

    @Test
    void shouldWaitForTheBrokerAndThenSendEverything() throws SQLException {
        Relay relay = rig.startRelay();
        rig.append(ticket, 10);
        rig.awaitReceived(10);

        kafka.kill();
        try {
            rig.append(ticket, 10);
            await().atMost(PATIENCE).until(() -> relay.waitingSince() != null);
            assertThat(relay.role().healthy()).isTrue();
            assertThat(relay.leads()).isTrue();
        } finally {
            kafka.start();
        }

        rig.awaitReceived(20);
        assertThat(firstSightings(rig.sequences(ticket))).containsExactlyElementsOf(upTo(20));
        assertThat(relay.role()).isEqualTo(Relay.Role.STREAMING);
    }

    @Test
    void shouldStartAndStopWhileTheBrokerIsAway() throws SQLException {
        kafka.kill();
        Relay first;
        Relay second;
        try {
            first = rig.startRelay();
            RelayRig.awaitRole(first, Relay.Role.WAITING_FOR_BROKER);
            rig.append(ticket, 5);
            first.stop();
            second = rig.startRelay();
            RelayRig.awaitRole(second, Relay.Role.WAITING_FOR_BROKER);
        } finally {
            kafka.start();
        }

        RelayRig.awaitRole(second, Relay.Role.STREAMING);
        assertThat(first.role()).isEqualTo(Relay.Role.STOPPED);
        rig.awaitReceived(5);
    }

    @Test
    void shouldSurviveAKillOfTheServer() throws SQLException {
        Relay relay = rig.startRelay();
        rig.append(ticket, 10);
        rig.awaitReceived(10);

        postgres.kill();
        RelayRig.awaitRole(relay, Relay.Role.FAILING);
        postgres.start();
        rig.append(ticket, 10);

        rig.awaitReceived(20);
        assertThat(firstSightings(rig.sequences(ticket))).containsExactlyElementsOf(upTo(20));
    }

    @Test
    void shouldMoveTheSlotOnWhileTheServiceIsQuiet() throws SQLException {
        rig.startRelay();
        String before = confirmed();

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(rig.query("select '" + confirmed() + "'::pg_lsn > '" + before + "'::pg_lsn"))
                                .isEqualTo("t"));
        assertThat(rig.received()).isEmpty();
    }

    private String confirmed() throws SQLException {
        return rig.query("select confirmed_flush_lsn from pg_replication_slots where slot_name = '" + rig.slot() + "'");
    }

    @Test
    void shouldReadWithARoleThatMayDoNothingElse() throws SQLException {
        rig.startRelay();
        rig.append(ticket, 2);
        rig.awaitReceived(2);

        assertThat(rig.query("select usename from pg_stat_replication s join pg_replication_slots r on r.active_pid ="
                        + " s.pid where slot_name = '" + rig.slot() + "'"))
                .isEqualTo(rig.relay().user());
        try (Connection relay = DriverManager.getConnection(
                        rig.address(), rig.relay().user(), rig.relay().password());
                Statement statement = relay.createStatement()) {
            for (String forbidden : List.of(
                    "select * from inbox",
                    "select * from idempotency_key",
                    "delete from domain_event",
                    "update domain_event set data = '{}'",
                    "delete from relay_state",
                    "create table mine (id int)")) {
                assertThatThrownBy(() -> statement.execute(forbidden))
                        .as(forbidden)
                        .hasMessageContaining("permission denied");
            }
        }
    }

    @Test
    void shouldGoOnWithTheRelaysOwnRoleWhereTheServicesRoleReplicatedBefore() throws SQLException {
        rig.useOneRole();
        Relay before = rig.startRelay();
        rig.append(ticket, 20);
        rig.awaitReceived(20);
        before.stop();
        rig.append(ticket, 5);

        rig.useTwoRoles();
        rig.startRelay();
        rig.append(ticket, 5);

        rig.awaitReceived(30);
        assertThat(rig.sequences(ticket)).containsExactlyElementsOf(upTo(30));
        assertThat(rig.query("select refills from relay_state")).isEqualTo("1");
    }

    private void awaitMarkBehindEverythingSoFar() {
        await().atMost(PATIENCE)
                .until(() -> "t"
                        .equals(rig.query("select relayed_below > (select max(transaction_id) from domain_event)"
                                + " from relay_state")));
    }

    private void superuser(String... statements) throws SQLException {
        try (Connection connection = rig.connectAsSuperuser();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static List<Long> upTo(long last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    /// What a consumer takes in that remembers the last sequence it has seen.
    private static List<Long> firstSightings(List<Long> sequences) {
        long[] seen = {0};
        return sequences.stream()
                .filter(sequence -> {
                    boolean isNew = sequence > seen[0];
                    seen[0] = Math.max(seen[0], sequence);
                    return isNew;
                })
                .toList();
    }

    /// A producer that dies, once, after so many records.
    @SuppressWarnings("unchecked")
    private static Producer<String, byte[]> breakingAfter(AtomicInteger left, Producer<String, byte[]> producer) {
        return (Producer<String, byte[]>) Proxy.newProxyInstance(
                RelayIT.class.getClassLoader(), new Class<?>[] {Producer.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("send") && left.getAndDecrement() == 0) {
                        producer.flush();
                        throw new IllegalStateException("the process dies here");
                    }
                    try {
                        return method.invoke(producer, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }
}
