package org.stonechat.ticket.postponement;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.ticket.Rows;
import org.stonechat.ticket.World;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@WithRealParts
class PostponementIT {

    private static final Instant SOMETIME = Instant.parse("2030-01-31T12:00:00Z");

    @Inject
    DataSource dataSource;

    private final UUID department = UUID.randomUUID();

    @BeforeEach
    void setUp() {
        World.newDepartment(department, Map.of());
    }

    private RequestSpecification agent() {
        return World.as(World.agentOf(department, "agent"));
    }

    private String open() {
        return World.openTicket(agent(), department, "due@customers.example");
    }

    private ValidatableResponse postpone(String id, Map<String, Object> body) {
        return agent().body(body).post("/api/v1/tickets/{id}/postponement", id).then();
    }

    private static Instant due(ValidatableResponse answer) {
        return Instant.parse(answer.statusCode(200).extract().path("dueAt"));
    }

    @Test
    @Proves({"T-1", "T-7"})
    void shouldBeDueAtAMomentAndLaterByHoursDaysWeeksAndMonths() {
        String id = open();
        agent().get("/api/v1/tickets/{id}", id)
                .then()
                .body("dueAt", nullValue())
                .body("overdue", equalTo(false));

        assertThat(due(postpone(id, Map.of("until", SOMETIME.toString())))).isEqualTo(SOMETIME);
        assertThat(due(postpone(id, Map.of("amount", 5, "unit", "HOURS"))))
                .isEqualTo(Instant.parse("2030-01-31T17:00:00Z"));
        assertThat(due(postpone(id, Map.of("amount", 3, "unit", "DAYS"))))
                .isEqualTo(Instant.parse("2030-02-03T17:00:00Z"));
        assertThat(due(postpone(id, Map.of("amount", 2, "unit", "WEEKS"))))
                .isEqualTo(Instant.parse("2030-02-17T17:00:00Z"));
        assertThat(due(postpone(id, Map.of("amount", 1, "unit", "MONTHS"))))
                .isEqualTo(Instant.parse("2030-03-17T17:00:00Z"));

        agent().get("/api/v1/tickets/{id}/history", id)
                .then()
                .body("items.findAll { it.type == 'DueDateChanged' }.size()", equalTo(5))
                .body("items[-1].details.from", equalTo("2030-02-17T17:00:00Z"))
                .body("items[-1].details.to", equalTo("2030-03-17T17:00:00Z"));
    }

    @Test
    @Proves({"T-7", "T-12"})
    void shouldShowWhatIsOverdueAndPutItOffFromNowOn() {
        String id = open();
        assertThat(due(postpone(id, Map.of("amount", 2, "unit", "DAYS"))))
                .isCloseTo(now().plus(Duration.ofDays(2)), within(1, ChronoUnit.MINUTES));
        agent().get("/api/v1/tickets?view=overdue&limit=200").then().body("items.id", not(hasItem(id)));

        Rows.update(
                dataSource,
                "update ticket set due_at = ? where id = ?",
                now().minus(Duration.ofDays(3)).atOffset(ZoneOffset.UTC),
                UUID.fromString(id));
        agent().get("/api/v1/tickets/{id}", id).then().body("overdue", equalTo(true));
        agent().get("/api/v1/tickets?view=overdue&limit=200").then().body("items.id", hasItem(id));

        assertThat(due(postpone(id, Map.of("amount", 1, "unit", "HOURS"))))
                .isCloseTo(now().plus(Duration.ofHours(1)), within(1, ChronoUnit.MINUTES));
        agent().get("/api/v1/tickets/{id}", id).then().body("overdue", equalTo(false));
    }

    private Instant now() {
        return Rows.time(dataSource, "select now()").orElseThrow();
    }

    @Test
    void shouldRefuseWhatIsNoPostponement() {
        String id = open();
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of(),
                Map.of("amount", 3),
                Map.of("unit", "DAYS"),
                Map.of("amount", 0, "unit", "DAYS"),
                Map.of("amount", 1001, "unit", "DAYS"),
                Map.of("amount", 1000, "unit", "MONTHS"),
                Map.of("amount", 1, "unit", "YEARS"),
                Map.of("until", "2020-01-01T00:00:00Z"),
                Map.of("until", "2026-02-30T00:00:00Z"),
                Map.of("until", "+999999999-01-01T00:00:00Z"),
                Map.of("amount", 1, "unit", "DAYS", "until", SOMETIME.toString()))) {
            postpone(id, wrong).statusCode(400);
        }
        agent().header("If-Match", "\"99\"")
                .body(Map.of("amount", 1, "unit", "DAYS"))
                .post("/api/v1/tickets/{id}/postponement", id)
                .then()
                .statusCode(412);
        RestAssured.given()
                .contentType("application/json")
                .body(Map.of("amount", 1, "unit", "DAYS"))
                .post("/api/v1/tickets/{id}/postponement", id)
                .then()
                .statusCode(401);
        World.carl()
                .body(Map.of("amount", 1, "unit", "DAYS"))
                .post("/api/v1/tickets/{id}/postponement", id)
                .then()
                .statusCode(403);
        World.alice()
                .body(Map.of("amount", 1, "unit", "DAYS"))
                .post("/api/v1/tickets/{id}/postponement", id)
                .then()
                .statusCode(404);
        agent().get("/api/v1/tickets/{id}", id).then().body("dueAt", nullValue());
    }
}
