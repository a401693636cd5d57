package org.stonechat.e2e;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.stonechat.e2e.client.Desk;
import org.stonechat.e2e.client.Patience;
import org.stonechat.launcher.Platform;
import org.stonechat.testing.Proves;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/// Reports are made of events alone: lose the projections, and the events bring them back.
@Order(70)
@ExtendWith(SharedPlatform.class)
class RebuildIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /// What analytics listens to, by the name of the service that publishes it.
    private static final Map<String, String> PUBLISHERS = Map.of(
            "tickets", "tickets",
            "directory", "tickets",
            "reviews", "reviews",
            "ratings", "ratings");

    @Test
    @Proves("A-1")
    void shouldBringTheSameReportsBackFromEventsAlone(SharedPlatform.Running running) throws SQLException {
        running.mail();
        running.review();
        Desk ada = Desk.of(running.doors(), "ada");
        Instant today = running.clock().instant().truncatedTo(ChronoUnit.SECONDS);
        String period = "?from=" + today.minus(Duration.ofDays(1)) + "&to=" + today.plus(Duration.ofDays(1));
        Map<String, JsonNode> before = settledReports(ada, period);
        assertThat(before.get("tickets").path("rows")).isNotEmpty();

        spoil(running.platform());
        assertThat(reports(ada, period)).isNotEqualTo(before);

        JsonNode started = ada.post("operations/analytics/rebuild", Desk.body())
                .expecting(202)
                .json();
        assertThat(started.required("running").asBoolean()).isTrue();
        // One marker is awaited of each partition of each topic.
        assertThat(started.required("waitingFor").size()).isEqualTo(12 * PUBLISHERS.size());
        assertThat(metric(running, "stonechat_rebuild_running")).isEqualTo(1);

        List<String> runs = new ArrayList<>();
        PUBLISHERS.forEach((topic, publisher) -> {
            JsonNode run = ada.post(
                            "operations/" + publisher + "/republish",
                            Desk.body("topic", topic, "group", "analytics-service"))
                    .expecting(202)
                    .json();
            runs.add("operations/" + publisher + "/republish/"
                    + run.required("id").asText());
        });

        Patience.untilTrue(
                "the end of the rebuild",
                PATIENCE,
                () -> !ada.get("operations/analytics/rebuild")
                        .expecting(200)
                        .json()
                        .required("running")
                        .asBoolean());
        JsonNode ended = ada.get("operations/analytics/rebuild").expecting(200).json();
        assertThat(ended.required("waitingFor")).isEmpty();
        assertThat(ended.required("finishedAt").isTextual()).isTrue();
        long sent = 0;
        for (String run : runs) {
            // Its last marker is taken in a moment before the run itself is written down as done.
            JsonNode done = Patience.until(
                    "the end of " + run,
                    () -> Optional.of(ada.get(run).expecting(200).json())
                            .filter(view -> view.required("state").asText().equals("DONE")));
            assertThat(done.required("sent")).isEqualTo(done.required("total"));
            sent += done.required("sent").asLong();
        }
        assertThat(ended.required("eventsTakenIn").asLong()).isEqualTo(sent).isPositive();
        Patience.untilTrue(
                "the same reports as before",
                PATIENCE,
                () -> reports(ada, period).equals(before));
    }

    /// Another test's last events may still be on their way.
    private static Map<String, JsonNode> settledReports(Desk ada, String period) {
        List<Map<String, JsonNode>> seen = new ArrayList<>(List.of(reports(ada, period)));
        Patience.untilTrue("reports that stand still", PATIENCE, () -> {
            seen.add(reports(ada, period));
            int last = seen.size() - 1;
            return last >= 10 && seen.subList(last - 10, last).stream().allMatch(seen.getLast()::equals);
        });
        return seen.getLast();
    }

    private static Map<String, JsonNode> reports(Desk ada, String period) {
        Map<String, JsonNode> reports = new LinkedHashMap<>();
        for (String report : List.of("tickets", "times", "satisfaction", "reviews")) {
            JsonNode answer =
                    ada.get("reports/" + report + period).expecting(200).json();
            // How fresh it is says nothing of what it shows.
            ((ObjectNode) answer).remove("asOf");
            reports.put(report, answer);
        }
        return reports;
    }

    /// Loses half of the facts and makes up some others, as no consumer would.
    private static void spoil(Platform platform) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        platform.jdbcUrl("analytics"),
                        "analytics",
                        platform.secrets().databasePassword("analytics"));
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("delete from ticket_occurrence where kind <> 'SOLVED'");
            statement.executeUpdate("update ticket_fact set category = 'NEW'");
            statement.executeUpdate("delete from rating_fact");
            statement.executeUpdate("update review_fact set stars = 5, answered_at = null");
            statement.executeUpdate("update directory_name set name = 'nobody'");
        }
    }

    private static double metric(SharedPlatform.Running running, String name) {
        // The figure is asked of the database at most every five seconds.
        return Patience.until(
                "the metric " + name,
                () -> Desk.of(running.doors(), "ada")
                        .web()
                        .get(running.platform().address("analytics-service").resolve("/q/metrics"))
                        .expecting(200)
                        .text()
                        .lines()
                        .filter(line -> line.startsWith(name + " "))
                        .map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                        .filter(value -> value > 0)
                        .findFirst());
    }
}
