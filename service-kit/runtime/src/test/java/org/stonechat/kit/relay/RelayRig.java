package org.stonechat.kit.relay;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.flywaydb.core.Flyway;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.parts.LocalKafka;
import org.stonechat.parts.LocalPostgres;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

/// A database with an event log, a topic and relays between them; each test has its own.
final class RelayRig implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final String RELAY_PASSWORD = "of the relay";

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final LocalPostgres postgres;
    private final LocalKafka kafka;
    private final String name = "rig_" + COUNT.incrementAndGet();
    private final RelayDatabase.Login owner = new RelayDatabase.Login(name, name);
    private RelayDatabase.Login relay;
    private final List<Relay> relays = new ArrayList<>();
    private final Map<UUID, Long> sequences = new HashMap<>();
    final String topic = "topic-" + name.replace('_', '-');
    final MeterRegistry meters = new SimpleMeterRegistry();

    RelayRig(LocalPostgres postgres, LocalKafka kafka) {
        this.postgres = postgres;
        this.kafka = kafka;
        postgres.createRoleAndDatabase(name, name);
        relay = new RelayDatabase.Login(postgres.createRelayRole(name, RELAY_PASSWORD), RELAY_PASSWORD);
        Flyway.configure()
                .dataSource(postgres.jdbcUrl(name), name, name)
                .locations("classpath:db/kit")
                .load()
                .migrate();
    }

    RelayConfig config() {
        return settings(Map.of());
    }

    private RelayConfig settings(Map<String, String> others) {
        Map<String, String> properties = new HashMap<>(others);
        properties.put("quarkus.application.name", name.replace('_', '-'));
        properties.put("stonechat.relay.topics", topic);
        properties.put("stonechat.relay.heartbeat-interval", "200ms");
        properties.put("stonechat.relay.flush-interval", "200ms");
        properties.put("stonechat.relay.partitions", "3");
        return config(properties);
    }

    static RelayConfig config(Map<String, String> properties) {
        // Also called on threads of the common pool, whose context loader is not the one a test runs in.
        return new SmallRyeConfigBuilder()
                .forClassLoader(RelayRig.class.getClassLoader())
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(RelayConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 500))
                .build()
                .getConfigMapping(RelayConfig.class);
    }

    Map<String, Object> kafkaSettings() {
        return Map.of("bootstrap.servers", kafka.bootstrapServers());
    }

    RelayDatabase database() {
        return new RelayDatabase(postgres.jdbcUrl(name), owner, relay, config());
    }

    /// As before relays had roles of their own: the service's role replicates.
    void useOneRole() throws SQLException {
        query("alter role " + name + " replication");
        relay = owner;
    }

    /// As an installation of before becomes one of now.
    void useTwoRoles() {
        postgres.createRoleAndDatabase(name, name);
        relay = new RelayDatabase.Login(postgres.createRelayRole(name, RELAY_PASSWORD), RELAY_PASSWORD);
    }

    String address() {
        return postgres.jdbcUrl(name);
    }

    /// What the relay connects as.
    RelayDatabase.Login relay() {
        return relay;
    }

    TopicAdmin topicAdmin() {
        return new TopicAdmin(kafkaSettings(), config());
    }

    Supplier<Producer<String, byte[]>> producers() {
        return () -> EventPublisher.producer(kafkaSettings(), config().maxEventBytes());
    }

    Relay startRelay() throws SQLException {
        return startRelay(producers(), Map.of());
    }

    Relay startRelay(Supplier<Producer<String, byte[]>> producers, Map<String, String> settings) throws SQLException {
        Relay relay = new Relay(
                database(),
                settings(settings),
                "/rig-service",
                producers,
                topicAdmin(),
                InstantSource.system(),
                meters);
        relay.prepare();
        relay.start();
        relays.add(relay);
        return relay;
    }

    static void awaitRole(Relay relay, Relay.Role role) {
        await().pollInterval(Duration.ofMillis(20)).atMost(PATIENCE).until(() -> relay.role() == role);
    }

    /// As the service.
    Connection connect() throws SQLException {
        return DriverManager.getConnection(address(), owner.user(), owner.password());
    }

    Connection connectAsSuperuser() throws SQLException {
        return postgres.connect(name);
    }

    void append(UUID subject, int events) throws SQLException {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            append(connection, subject, events);
            connection.commit();
        }
    }

    void append(Connection connection, UUID subject, int events) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                        insert into domain_event (id, topic, type, subject, sequence, occurred_at, actor, causation_id,
                            correlation_id, traceparent, schema_version, data, personal)
                        values (?, ?, 'TicketCreated', ?, ?, clock_timestamp(), '{"kind":"SYSTEM"}', null, ?, ?, 1,
                            ?::jsonb, '{"subject":"grüße"}')
                        """)) {
            for (int i = 0; i < events; i++) {
                long sequence = sequences.merge(subject, 1L, Long::sum);
                insert.setObject(1, Uuid7.next());
                insert.setString(2, topic);
                insert.setObject(3, subject);
                insert.setLong(4, sequence);
                insert.setObject(5, subject);
                insert.setString(6, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
                insert.setString(7, "{\"number\":" + sequence + "}");
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    String query(String sql) throws SQLException {
        try (Connection connection = connectAsSuperuser();
                Statement statement = connection.createStatement();
                ResultSet row = statement.execute(sql) ? statement.getResultSet() : null) {
            return row != null && row.next() ? row.getString(1) : null;
        }
    }

    String slot() {
        return name;
    }

    /// All records of the topic so far.
    List<ConsumerRecord<String, byte[]>> received() {
        return received(topic);
    }

    List<ConsumerRecord<String, byte[]>> received(String topic) {
        Map<String, Object> settings = new HashMap<>(kafkaSettings());
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        List<ConsumerRecord<String, byte[]>> received = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(received::add);
            }
        }
        return received;
    }

    /// The sequences of a subject in the order they arrived.
    List<Long> sequences(UUID subject) {
        return received().stream()
                .filter(message -> message.key().equals(subject.toString()))
                .map(message -> Long.valueOf(header(message, "ce_sequence")))
                .toList();
    }

    void awaitReceived(int distinct) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> received().stream()
                                .map(message -> header(message, "ce_id"))
                                .distinct()
                                .count()
                        == distinct);
    }

    static String header(ConsumerRecord<?, ?> message, String name) {
        Header header = message.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), UTF_8);
    }

    void dropSlot() throws SQLException {
        await().atMost(PATIENCE)
                .until(() ->
                        "f".equals(query("select active from pg_replication_slots where slot_name = '" + name + "'")));
        query("select pg_drop_replication_slot('" + name + "')");
    }

    @Override
    public void close() throws SQLException {
        relays.forEach(Relay::stop);
        // A slot left behind would hold the log for all other tests.
        query("select pg_terminate_backend(active_pid, 5000) from pg_replication_slots where slot_name = '"
                + name
                + "' and active_pid is not null");
        query("select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = '" + name + "'");
    }
}
