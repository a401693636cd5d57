package org.stonechat.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stonechat.e2e.client.Desk;
import org.stonechat.e2e.client.EventStream;
import org.stonechat.e2e.client.Patience;
import org.stonechat.e2e.story.ConsumerGroups;
import org.stonechat.testing.contract.Contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import static org.assertj.core.api.Assertions.assertThat;

/// What the services really publish while the stories are played keeps its contract, event by event.
@Order(2)
@ExtendWith(SharedPlatform.class)
class ContractsOnTheWireIT {

    private static final Set<String> TOPICS =
            Set.of("tickets", "contacts", "directory", "reviews", "ratings", "mail", "notifications");
    private static final List<String> ATTRIBUTES = List.of(
            "ce_id",
            "ce_type",
            "ce_source",
            "ce_subject",
            "ce_time",
            "ce_sequence",
            "ce_dataschema",
            "ce_actor",
            "ce_correlationid",
            "ce_specversion");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void shouldPublishOnlyWhatTheContractsSay(SharedPlatform.Running running) throws IOException {
        running.mail();
        running.review();
        comeOnline(running);
        List<String> violations = new ArrayList<>();
        Map<String, Integer> types = new TreeMap<>();
        Map<String, Long> lastSequence = new HashMap<>();
        for (ConsumerRecord<String, byte[]> event : everything(running)) {
            if (event.value() == null) {
                continue;
            }
            Map<String, String> headers = headers(event);
            String type = headers.getOrDefault("ce_type", "nothing");
            String what = event.topic() + "/" + type + " at " + event.partition() + ":" + event.offset();
            TreeSet<String> missing = new TreeSet<>(ATTRIBUTES);
            missing.removeAll(headers.keySet());
            if (!missing.isEmpty()) {
                violations.add(what + " has no " + missing);
                continue;
            }
            types.merge(event.topic() + "/" + type, 1, Integer::sum);
            if (!Objects.equals(event.key(), headers.get("ce_subject"))) {
                violations.add(what + " has the key " + event.key() + " and the subject " + headers.get("ce_subject"));
            }
            long sequence = Long.parseLong(headers.get("ce_sequence"));
            long previous = lastSequence.getOrDefault(event.topic() + event.key(), 0L);
            // A relay that takes over may repeat events, but never leaves one out.
            if (sequence > previous + 1 && !event.topic().equals("directory")) {
                violations.add(what + " has the sequence " + sequence + " after " + previous);
            }
            lastSequence.put(event.topic() + event.key(), Math.max(previous, sequence));
            JsonNode value = JSON.readTree(event.value());
            try {
                Contracts.assertMatches(event.topic(), type, value.path("data"), value.path("personal"));
            } catch (AssertionError | IllegalArgumentException violation) {
                violations.add(what + ": " + violation.getMessage());
            }
        }

        assertThat(violations).isEmpty();
        assertThat(types)
                .containsKeys(
                        "tickets/TicketCreated",
                        "tickets/MessageAdded",
                        "tickets/TicketAssigned",
                        "tickets/StageChanged",
                        "tickets/MessageDeliveryChanged",
                        "tickets/MailHandled",
                        "contacts/ContactChanged",
                        "mail/MailReceived",
                        "mail/MailSent",
                        "reviews/ReviewImported",
                        "reviews/ReviewRouted",
                        "reviews/ReviewReplied",
                        "notifications/PresenceChanged",
                        "ratings/RatingRequested",
                        "ratings/RatingGiven",
                        "directory/DepartmentDefined",
                        "directory/TeamDefined",
                        "directory/StageDefined",
                        "directory/AgentDefined");
    }

    /// Whoever opens a live stream comes online, unless they were; either way it has been told.
    private static void comeOnline(SharedPlatform.Running running) {
        try (EventStream live = Desk.of(running.doors(), "lena").follow("live");
                ConsumerGroups groups = new ConsumerGroups(running.platform().bootstrapServers())) {
            live.next("ready");
            Patience.untilTrue(
                    "a change of presence on its topic",
                    Patience.USUAL,
                    () -> groups.ends(Set.of("notifications")).values().stream().anyMatch(end -> end > 0));
        }
    }

    private static List<ConsumerRecord<String, byte[]>> everything(SharedPlatform.Running running) {
        List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
        try (ConsumerGroups groups = new ConsumerGroups(running.platform().bootstrapServers());
                KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                        Map.of(
                                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                                running.platform().bootstrapServers(),
                                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                                "false"),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            Map<TopicPartition, Long> ends = groups.ends(TOPICS);
            consumer.assign(ends.keySet());
            consumer.seekToBeginning(ends.keySet());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(all::add);
            }
        }
        return all;
    }

    private static Map<String, String> headers(ConsumerRecord<String, byte[]> event) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : event.headers()) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
        }
        return headers;
    }
}
