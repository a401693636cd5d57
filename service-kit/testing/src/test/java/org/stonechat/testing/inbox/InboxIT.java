package org.stonechat.testing.inbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.testing.EventSender;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@WithRealParts
class InboxIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();

    @Inject
    DataSource dataSource;

    @Inject
    ThingEvents things;

    private EventSender sender;
    private final UUID subject = UUID.randomUUID();
    private final String admin = Tokens.of("ada").role("admin").allDepartments().build();

    @BeforeEach
    void open() {
        sender = EventSender.open();
    }

    @AfterEach
    void close() {
        sender.close();
    }

    @Test
    void shouldGiveEachEventOnceHoweverOftenItComes() {
        UUID later = UUID.randomUUID();
        for (int round = 0; round < 3; round++) {
            for (int sequence = 1; sequence <= 5; sequence++) {
                send(subject, sequence);
            }
        }
        send(later, 1);

        awaitEffects(later, Map.of(1L, 1));
        // The two may lie in different partitions, of which either may be read first.
        awaitEffects(subject, Map.of(1L, 1, 2L, 1, 3L, 1, 4L, 1, 5L, 1));
    }

    @Test
    void shouldPassByWhatDoesNotConcernIt() {
        ObjectNode foreign = JsonNodeFactory.instance.objectNode().put("foreign", true);
        sender.send("things", "ThingHappened", subject, 1, foreign, NOTHING);
        send(subject, 2);
        sender.send("things", "ThingHappened", subject, 3, foreign, NOTHING);
        UUID later = UUID.randomUUID();
        send(later, 1);

        awaitEffects(later, Map.of(1L, 1));
        awaitEffects(subject, Map.of(2L, 1));
        assertThat(count("select max(last_sequence) from inbox where subject = ?::uuid", subject.toString()))
                .isEqualTo(2);
    }

    @Test
    void shouldPassByTypesItDoesNotKnow() {
        sender.send("things", "ThingForgotten", subject, 1, NOTHING, NOTHING);
        send(subject, 2);

        awaitEffects(subject, Map.of(2L, 1));
    }

    @Test
    void shouldRetryInPlaceWhatPassesAndLoseNothing() {
        things.failForAWhile(3);
        send(subject, 1);
        send(subject, 2);

        awaitEffects(subject, Map.of(1L, 1, 2L, 1));
    }

    @Test
    void shouldKeepADeadLetterWithWhatWaitsBehindItAndLetOthersPass() {
        UUID other = UUID.randomUUID();
        things.refuse(subject);
        for (int sequence = 1; sequence <= 4; sequence++) {
            send(subject, sequence);
        }
        send(other, 1);

        awaitEffects(other, Map.of(1L, 1));
        await().atMost(PATIENCE).until(() -> openLetters(subject) == 3);
        assertThat(effects(subject)).isEqualTo(Map.of(1L, 1));
        String id = oldestOpenLetter(subject);
        given().auth()
                .oauth2(admin)
                .get("/api/v1/operations/kit/dead-letters/" + id)
                .then()
                .statusCode(200)
                .body("reason", org.hamcrest.Matchers.equalTo("this thing is refused"))
                .body("parked", org.hamcrest.Matchers.equalTo(false));

        given().auth()
                .oauth2(admin)
                .contentType("application/json")
                .post("/api/v1/operations/kit/dead-letters/" + id + "/redrive")
                .then()
                .statusCode(409);
        assertThat(openLetters(subject)).isEqualTo(3);

        things.mend(subject);
        given().auth()
                .oauth2(admin)
                .contentType("application/json")
                .post("/api/v1/operations/kit/dead-letters/" + id + "/redrive")
                .then()
                .statusCode(200)
                .body("handled", org.hamcrest.Matchers.equalTo(3));
        assertThat(effects(subject)).isEqualTo(Map.of(1L, 1, 2L, 1, 3L, 1, 4L, 1));
        send(subject, 5);
        awaitEffects(subject, Map.of(1L, 1, 2L, 1, 3L, 1, 4L, 1, 5L, 1));
    }

    @Test
    void shouldKeepWhatIsNoEventAtAll() throws Exception {
        UUID after = UUID.randomUUID();
        sender.send("things", "ThingHappened", UUID.randomUUID(), subject, -1, NOTHING, NOTHING);
        sender.send(
                "things",
                "ThingHappened",
                UUID.randomUUID(),
                subject,
                1,
                JsonNodeFactory.instance.textNode("no object"),
                NOTHING);
        send(after, 1);

        awaitEffects(after, Map.of(1L, 1));
        await().atMost(PATIENCE)
                .until(() -> count(
                                "select count(*) from dead_letter where reason like '%no data%' and headers->>'ce_subject' = ?",
                                subject.toString())
                        == 1);
    }

    @Test
    void shouldShowLagAndDeadLettersAsMetrics() {
        things.refuse(subject);
        send(subject, 1);
        send(subject, 2);
        await().atMost(PATIENCE).until(() -> openLetters(subject) == 1);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(metric("stonechat_inbox_dead_letters{topic=\"things\"}"))
                        .isPositive());
        assertThat(metric("stonechat_inbox_lag_seconds_count{topic=\"things\"}"))
                .isPositive();
        assertThat(metric("stonechat_inbox_lag_seconds_max{topic=\"things\"}")).isLessThan(60);
        assertThat(metric("stonechat_rebuild_running")).isZero();
        given().get("/q/metrics")
                .then()
                .body(org.hamcrest.Matchers.containsString("kafka_consumer_fetch_manager_records_lag_max"));
    }

    private static double metric(String name) {
        return given().get("/q/metrics")
                .then()
                .statusCode(200)
                .extract()
                .asString()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no metric " + name));
    }

    @Test
    void shouldRefuseOperationsToOthers() {
        given().get("/api/v1/operations/kit/dead-letters")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("code", org.hamcrest.Matchers.equalTo("unauthenticated"));
        given().auth()
                .oauth2("not-a-token")
                .get("/api/v1/operations/kit/dead-letters")
                .then()
                .statusCode(401)
                .contentType("application/problem+json");
        given().auth()
                .oauth2(Tokens.of("alice").role("agent").build())
                .get("/api/v1/operations/kit/dead-letters")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", org.hamcrest.Matchers.equalTo("forbidden"));
        given().auth()
                .oauth2(admin)
                .get("/api/v1/operations/elsewhere/dead-letters")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
        given().auth()
                .oauth2(admin)
                .get("/api/v1/operations/kit/dead-letters?after=nonsense")
                .then()
                .statusCode(400)
                .body("code", org.hamcrest.Matchers.equalTo("cursor-invalid"));
        given().auth()
                .oauth2(admin)
                .get("/api/v1/operations/kit/dead-letters?limit=9999")
                .then()
                .statusCode(400)
                .body("code", org.hamcrest.Matchers.equalTo("request-invalid"));
        given().auth()
                .oauth2(admin)
                .get("/api/v1/no-such-place")
                .then()
                .statusCode(404)
                .contentType("application/problem+json");
        given().auth()
                .oauth2(admin)
                .delete("/api/v1/operations/kit/dead-letters")
                .then()
                .statusCode(405)
                .contentType("application/problem+json");
    }

    private void send(UUID of, long sequence) {
        sender.send("things", "ThingHappened", of, sequence, NOTHING, NOTHING);
    }

    private void awaitEffects(UUID of, Map<Long, Integer> expected) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(effects(of)).isEqualTo(expected));
    }

    private Map<Long, Integer> effects(UUID of) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select sequence, times from effect where subject = ?")) {
            select.setObject(1, of);
            Map<Long, Integer> effects = new LinkedHashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    effects.put(rows.getLong(1), rows.getInt(2));
                }
            }
            return effects;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private int openLetters(UUID of) {
        return count("select count(*) from dead_letter where state = 'OPEN' and subject = ?::uuid", of.toString());
    }

    private String oldestOpenLetter(UUID of) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "select id from dead_letter where state = 'OPEN' and subject = ? order by sequence limit 1")) {
            select.setObject(1, of);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private int count(String sql, String parameter) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, parameter);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
