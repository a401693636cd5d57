package org.stonechat.testing.relay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.stonechat.kit.event.Actor;
import org.stonechat.kit.event.Aggregate;
import org.stonechat.kit.event.DomainEvent;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.oneOf;

@QuarkusTest
@WithRealParts
class RelayOperationsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String admin = Tokens.of("ada").role("admin").allDepartments().build();

    @Inject
    EventLog eventLog;

    record RelayProbed(Map<String, Object> data, Map<String, Object> personal) implements DomainEvent {}

    private static final class Probe implements Aggregate {

        private final UUID id = Uuid7.next();
        private long sequence;

        @Override
        public UUID id() {
            return id;
        }

        @Override
        public long nextSequence() {
            return ++sequence;
        }
    }

    @Test
    void shouldRelayWhatTheEventLogWasGivenAndSaySo() {
        Probe probe = new Probe();

        append(probe);

        try (EventCollector things = EventCollector.on("things")) {
            EventCollector.Published event = things.awaitType("RelayProbed", probe.id());
            assertThat(event.key()).isEqualTo(probe.id().toString());
            assertThat(event.sequence()).isEqualTo(1);
            assertThat(event.headers()).containsEntry("ce_source", "/kit-test");
        }
        given().get("/q/health/ready")
                .then()
                .body("checks.find { it.name == 'relay' }.status", equalTo("UP"))
                .body("checks.find { it.name == 'relay' }.data.role", equalTo("STREAMING"));
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("stonechat_relay_published_total"))
                .body(containsString("stonechat_relay_lag_bytes"))
                .body(containsString("stonechat_relay_leader"));
    }

    @Test
    void shouldRepublishATopicForAGroup() {
        append(new Probe());

        String run = given().auth()
                .oauth2(admin)
                .contentType(ContentType.JSON)
                .body(Map.of("topic", "things", "group", "somebody-else"))
                .post("/api/v1/operations/kit/republish")
                .then()
                .statusCode(202)
                .body("state", oneOf("RUNNING", "DONE"))
                .header("Location", containsString("/api/v1/operations/kit/republish/"))
                .extract()
                .path("id");

        await().atMost(PATIENCE)
                .untilAsserted(() -> given().auth()
                        .oauth2(admin)
                        .get("/api/v1/operations/kit/republish/" + run)
                        .then()
                        .statusCode(200)
                        .body("state", equalTo("DONE")));
    }

    @Test
    void shouldRefuseWhoMayNotOrAsksForTheWrongThing() {
        Map<String, String> order = Map.of("topic", "things", "group", "somebody");
        String path = "/api/v1/operations/kit/republish";

        given().contentType(ContentType.JSON).body(order).post(path).then().statusCode(401);
        given().auth()
                .oauth2(Tokens.of("alice").role("agent").build())
                .contentType(ContentType.JSON)
                .body(order)
                .post(path)
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(admin)
                .contentType(ContentType.JSON)
                .body(Map.of("topic", "somebody-elses-topic", "group", "somebody"))
                .post(path)
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/topic"));
        given().auth().oauth2(admin).get(path + "/" + Uuid7.next()).then().statusCode(404);
    }

    @Test
    void shouldRelayManyEventsOfOneTransactionInTheOrderGiven() {
        int probes = 30;
        List<EventLog.Entry> entries = new ArrayList<>();
        UUID correlation = Uuid7.next();
        for (int number = 0; number < probes; number++) {
            Probe probe = new Probe();
            EventLog.Entry first = EventLog.Entry.of(
                    probe,
                    new RelayProbed(Map.of("number", number), Map.of("name", "“O'Neil”, \\ {\"a\"} 👍🏽")),
                    Actor.SYSTEM,
                    null,
                    correlation);
            entries.add(first);
            entries.add(EventLog.Entry.of(
                    probe, new RelayProbed(Map.of("number", -1), Map.of()), Actor.SYSTEM, first.id(), correlation));
        }
        try (EventCollector events = EventCollector.on("things")) {
            QuarkusTransaction.requiringNew().run(() -> eventLog.append("things", entries));

            for (int number = 0; number < probes; number++) {
                EventLog.Entry first = entries.get(2 * number);
                EventCollector.Published second = events.await(
                        "the second event of probe " + number,
                        event -> event.subject().equals(first.subject()) && event.sequence() == 2);
                assertThat(second.headers())
                        .containsEntry("ce_causationid", first.id().toString())
                        .containsEntry("ce_correlationid", correlation.toString());
                List<EventCollector.Published> both = events.all().stream()
                        .filter(event -> event.subject().equals(first.subject()))
                        .toList();
                assertThat(both).extracting(EventCollector.Published::sequence).containsExactly(1L, 2L);
                assertThat(both.getFirst().data().path("number").asInt()).isEqualTo(number);
                assertThat(both.getFirst().personal().path("name").asText()).isEqualTo("“O'Neil”, \\ {\"a\"} 👍🏽");
            }
        }
    }

    private void append(Probe probe) {
        QuarkusTransaction.requiringNew()
                .run(() -> eventLog.append("things", probe, new RelayProbed(Map.of("number", 1), Map.of())));
    }
}
