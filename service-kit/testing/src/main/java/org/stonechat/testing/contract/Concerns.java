package org.stonechat.testing.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.sql.DataSource;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.CDI;

import org.eclipse.microprofile.config.ConfigProvider;
import org.stonechat.kit.event.EventJson;
import org.stonechat.kit.inbox.EventConsumer;

import com.fasterxml.jackson.databind.JsonNode;

/// Which events a service passes by is said twice: by its consumers ([EventConsumer#knows], [EventConsumer#concerns]),
/// and in SQL, for whoever looks from outside whether a service has taken in all that was committed. This holds them
/// together.
public final class Concerns {

    /// `<database>.<topic>.sql`: a condition on `type` and `data`. A topic without one concerns the service wholly.
    private static final Path CONDITIONS = Path.of(
            "..", "deploy", "e2e", "src", "main", "resources", "org", "stonechat", "e2e", "faults", "concerning");

    /// Enough for conditions on three fields at a time.
    private static final int VARIATIONS = 1000;

    private Concerns() {}

    /// Shows that both say the same of every golden example of the topics the running service listens to, and of
    /// variations of each, whose fields are as in any example of the topic, or null.
    ///
    /// @param dataSource any database; nothing in it is touched
    /// @param database   the name of the service's own, by which its conditions are called
    public static void assertSaidAlikeInSql(DataSource dataSource, String database) throws SQLException {
        List<String> differences = new ArrayList<>();
        for (String topic : ConfigProvider.getConfig().getValues("mp.messaging.incoming.events.topics", String.class)) {
            String condition = condition(database, topic);
            EventConsumer consumer = consumer(topic);
            Map<String, List<JsonNode>> values = values(topic);
            for (GoldenExample example : Contracts.examples(topic)) {
                List<GoldenExample> events = variations(example, values);
                List<Boolean> wanted = select(dataSource, condition, events);
                for (int place = 0; place < events.size(); place++) {
                    boolean concerns = consumer.knows(example.type())
                            && consumer.concerns(events.get(place).received());
                    if (concerns != wanted.get(place)) {
                        differences.add((concerns ? "SQL leaves out what concerns" : "SQL wants what does not concern")
                                + " the service: " + topic + "/" + example.type() + " "
                                + events.get(place).data());
                        break;
                    }
                }
            }
        }
        if (!differences.isEmpty()) {
            throw new AssertionError(String.join("\n  ", differences));
        }
    }

    private static String condition(String database, String topic) {
        Path file = CONDITIONS.resolve(database + "." + topic + ".sql");
        try {
            if (!Files.isDirectory(CONDITIONS)) {
                throw new IllegalStateException("there are no conditions in " + CONDITIONS);
            }
            return Files.exists(file) ? Files.readString(file) : "true";
        } catch (IOException failure) {
            throw new UncheckedIOException("not readable: " + file, failure);
        }
    }

    private static EventConsumer consumer(String topic) {
        return CDI.current().select(EventConsumer.class, Any.Literal.INSTANCE).stream()
                .filter(consumer -> consumer.topic().equals(topic))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody takes " + topic));
    }

    /// What the fields of a topic's examples hold: every code, true, false and null; of anything else one is as good
    /// as another.
    private static Map<String, List<JsonNode>> values(String topic) {
        Map<String, Map<String, JsonNode>> values = new TreeMap<>();
        for (GoldenExample example : Contracts.examples(topic)) {
            example.data()
                    .properties()
                    .forEach(field -> values.computeIfAbsent(field.getKey(), name -> new TreeMap<>())
                            .putIfAbsent(kind(field.getValue()), field.getValue()));
        }
        // What something was changed to, it can be changed from.
        Map<String, JsonNode> changed = values.computeIfAbsent("to", name -> new TreeMap<>());
        values.computeIfAbsent("from", name -> new TreeMap<>()).forEach(changed::putIfAbsent);
        values.put("from", changed);
        Map<String, List<JsonNode>> any = new TreeMap<>();
        values.forEach((name, of) -> any.put(
                name,
                Stream.concat(of.values().stream(), Stream.of(EventJson.MAPPER.nullNode()))
                        .toList()));
        return any;
    }

    private static String kind(JsonNode value) {
        boolean telling = value.isBoolean() || value.asText().matches("[A-Z_]+");
        return telling ? value.asText() : value.getNodeType().name().toLowerCase(java.util.Locale.ROOT);
    }

    private static List<GoldenExample> variations(GoldenExample example, Map<String, List<JsonNode>> values) {
        // The same ones in every run.
        Random random = new Random(example.type().hashCode());
        Set<String> fields = new TreeSet<>(values.keySet());
        List<GoldenExample> variations = new ArrayList<>(List.of(example));
        for (int number = 0; number < VARIATIONS; number++) {
            GoldenExample variation = new GoldenExample(
                    example.topic(),
                    example.type(),
                    example.subject(),
                    example.sequence(),
                    example.time(),
                    example.actor(),
                    example.causationId(),
                    example.correlationId(),
                    example.data().deepCopy(),
                    example.personal());
            for (String field : fields) {
                List<JsonNode> any = Objects.requireNonNull(values.get(field));
                variation.data().set(field, any.get(random.nextInt(any.size())));
            }
            variations.add(variation);
        }
        return variations;
    }

    private static List<Boolean> select(DataSource dataSource, String condition, List<GoldenExample> events)
            throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement("select coalesce((\n" + condition
                        + "\n), false) from unnest(?::jsonb[]) with ordinality as event (data, place),"
                        + " lateral (select ?::text as type) typed order by place")) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "text",
                            events.stream()
                                    .map(event -> event.data().toString())
                                    .toArray()));
            select.setString(2, events.getFirst().type());
            List<Boolean> wanted = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    wanted.add(rows.getBoolean(1));
                }
            }
            return wanted;
        }
    }
}
