package org.stonechat.testing.contract;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.CDI;

import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.stonechat.kit.inbox.EventConsumer;
import org.stonechat.testing.EventSender;

/// Shows that the running service can take in every golden example of the topics it listens to, as it is and
/// after an erasure: none becomes a dead letter. An event type or a field that is added to the contracts
/// later is tried as well.
public final class ConsumerContract {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private ConsumerContract() {}

    /// @param dataSource the service's own database
    /// @param justReasons for which an example may be refused all the same: it names what the service cannot know
    public static void assertTakesInEveryExample(DataSource dataSource, String... justReasons) {
        List<String> topics = ConfigProvider.getConfig().getValues("mp.messaging.incoming.events.topics", String.class);
        for (String topic : topics) {
            Map<UUID, Long> sent = send(topic);
            Awaitility.await("every example of " + topic + " taken in")
                    .atMost(PATIENCE)
                    .until(() -> {
                        Map<UUID, Long> taken = lastSequences(dataSource, topic);
                        return sent.entrySet().stream()
                                .allMatch(last -> taken.getOrDefault(last.getKey(), 0L) >= last.getValue());
                    });
        }
        List<String> refused = refused(dataSource, topics);
        refused.removeIf(refusal -> Stream.of(justReasons).anyMatch(refusal::contains));
        if (!refused.isEmpty()) {
            throw new AssertionError("golden examples that cannot be taken in:\n  " + String.join("\n  ", refused));
        }
    }

    /// Each aggregate's examples in the order of their sequences, renumbered without gaps.
    ///
    /// @return for each aggregate the last of those that concern the service
    private static Map<UUID, Long> send(String topic) {
        Map<UUID, Long> sent = new LinkedHashMap<>();
        List<GoldenExample> examples = new ArrayList<>(Contracts.examples(topic));
        examples.sort(Comparator.comparingLong(GoldenExample::sequence));
        List<GoldenExample> erased =
                examples.stream().map(GoldenExample::erased).toList();
        examples.addAll(erased);
        try (EventSender sender = EventSender.open()) {
            Map<UUID, Long> concerning = new LinkedHashMap<>();
            for (GoldenExample example : examples) {
                long sequence = sent.merge(example.subject(), 1L, Long::sum);
                sender.send(topic, example.type(), example.subject(), sequence, example.data(), example.personal());
                if (concerns(topic, example)) {
                    concerning.put(example.subject(), sequence);
                }
            }
            return concerning;
        }
    }

    private static boolean concerns(String topic, GoldenExample example) {
        return CDI.current().select(EventConsumer.class, Any.Literal.INSTANCE).stream()
                .filter(consumer -> consumer.topic().equals(topic))
                .anyMatch(consumer -> consumer.knows(example.type()) && consumer.concerns(example.received()));
    }

    private static Map<UUID, Long> lastSequences(DataSource dataSource, String topic) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select subject, last_sequence from inbox where consumer = ?")) {
            select.setString(1, topic);
            Map<UUID, Long> last = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    last.put(rows.getObject(1, UUID.class), rows.getLong(2));
                }
            }
            return last;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static List<String> refused(DataSource dataSource, List<String> topics) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select consumer, type, sequence, reason from dead_letter where state = 'OPEN' and not parked"
                                + " and consumer = any (?)")) {
            select.setArray(1, connection.createArrayOf("text", topics.toArray()));
            List<String> refused = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    refused.add(rows.getString(1)
                            + "/"
                            + rows.getString(2)
                            + " "
                            + rows.getLong(3)
                            + ": "
                            + rows.getString(4));
                }
            }
            return refused;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
