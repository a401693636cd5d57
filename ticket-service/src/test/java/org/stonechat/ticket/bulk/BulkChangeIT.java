package org.stonechat.ticket.bulk;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.ticket.World;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

/// Each change that one ticket takes, on many.
@QuarkusTest
@WithRealParts
class BulkChangeIT {

    private final UUID department = UUID.randomUUID();
    private List<String> tickets;

    @BeforeEach
    void setUp() {
        World.newDepartment(department, Map.of());
        tickets = List.of(open(), open());
    }

    private RequestSpecification agent() {
        return World.as(World.agentOf(department, "sweeper"));
    }

    private String open() {
        return World.openTicket(agent(), department, UUID.randomUUID() + "@customers.example");
    }

    private JsonPath run(List<String> ids, Map<String, Object> change) {
        return Jobs.finished(agent(), Jobs.start(agent(), Map.of("ticketIds", ids, "change", change)));
    }

    @Test
    @Proves("T-14")
    void shouldChangeEveryPropertyOfManyTickets() {
        UUID queue = World.newChoice(department, "queues", "Returns");
        UUID type = World.newChoice(department, "ticket-types", "Complaint");
        World.newChoice(department, "categories", "Delivery");
        World.newChoice(department, "root-causes", "Carrier");
        UUID team = World.newTeam(department, "INTERNAL");
        String field = "bulk" + department.toString().substring(0, 8);
        World.newField(department, field, "TEXT", Map.of());
        Map<String, Object> patch = new HashMap<>();
        patch.put("subject", "The strike of March");
        patch.put("priority", "URGENT");
        patch.put("escalated", true);
        patch.put("category", "Delivery");
        patch.put("typeId", type);
        patch.put("queueId", queue);
        patch.put("teamId", team);
        patch.put("rootCauses", List.of("Carrier"));
        patch.put("tags", List.of("strike"));
        patch.put("dueAt", "2031-01-01T00:00:00Z");
        patch.put("fields", Map.of(field, "X-1"));
        patch.put("stageId", World.stageOf(department, "ON_HOLD"));

        assertThat(run(tickets, Map.of("patch", patch)).getInt("changed")).isEqualTo(2);

        for (String id : tickets) {
            agent().get("/api/v1/tickets/{id}", id)
                    .then()
                    .body("subject", equalTo("The strike of March"))
                    .body("priority", equalTo("URGENT"))
                    .body("escalated", equalTo(true))
                    .body("category", equalTo("Delivery"))
                    .body("typeId", equalTo(type.toString()))
                    .body("queueId", equalTo(queue.toString()))
                    .body("teamId", equalTo(team.toString()))
                    .body("rootCauses", equalTo(List.of("Carrier")))
                    .body("tags", equalTo(List.of("strike")))
                    .body("dueAt", equalTo("2031-01-01T00:00:00Z"))
                    .body("fields." + field, equalTo("X-1"))
                    .body("stage.category", equalTo("ON_HOLD"));
        }
        assertThat(run(tickets, Map.of("addTags", List.of("over"), "removeTags", List.of("strike")))
                        .getInt("changed"))
                .isEqualTo(2);
        agent().get("/api/v1/tickets/{id}", tickets.getLast()).then().body("tags", equalTo(List.of("over")));
    }

    @Test
    @Proves({"T-7", "T-14"})
    void shouldPutManyTicketsOff() {
        Instant before = Instant.parse(agent().get("/api/v1/tickets/{id}", tickets.getFirst())
                .then()
                .extract()
                .path("createdAt"));

        assertThat(run(tickets, Map.of("postponement", Map.of("amount", 2, "unit", "HOURS")))
                        .getInt("changed"))
                .isEqualTo(2);

        for (String id : tickets) {
            String due =
                    agent().get("/api/v1/tickets/{id}", id).then().extract().path("dueAt");
            assertThat(Instant.parse(due)).isCloseTo(before.plus(Duration.ofHours(2)), within(2, ChronoUnit.MINUTES));
        }
        assertThat(run(tickets, Map.of("postponement", Map.of("until", "2030-01-31T12:00:00Z")))
                        .getInt("changed"))
                .isEqualTo(2);
        agent().get("/api/v1/tickets/{id}", tickets.getLast()).then().body("dueAt", equalTo("2030-01-31T12:00:00Z"));
        agent().body(Map.of("ticketIds", tickets, "change", Map.of("postponement", Map.of("amount", 2))))
                .post("/api/v1/bulk-jobs")
                .then()
                .statusCode(400);
    }

    @Test
    @Proves({"T-5", "T-14"})
    void shouldReferManyTicketsToAnotherDepartment() {
        UUID brand = World.newDepartment(Map.of());
        RequestSpecification there = World.as(World.agentOf(brand, "agent"));

        JsonPath progress = run(
                tickets,
                Map.of(
                        "addTags",
                        List.of("handed-over"),
                        "referral",
                        Map.of("departmentId", brand, "comment", "All of these are yours.")));

        assertThat(progress.getInt("changed")).isEqualTo(2);
        there.get("/api/v1/tickets?view=all-open&limit=200").then().body("items.id", hasItems(tickets.toArray()));
        for (String id : tickets) {
            World.as(World.agentOf(brand, "agent"))
                    .get("/api/v1/tickets/{id}", id)
                    .then()
                    .statusCode(200)
                    .body("departmentId", equalTo(brand.toString()))
                    .body("tags", hasItem("handed-over"));
            World.as(World.agentOf(brand, "agent"))
                    .get("/api/v1/tickets/{id}/messages", id)
                    .then()
                    .body("items.bodyText", hasItem("All of these are yours."));
            agent().get("/api/v1/tickets/{id}", id).then().statusCode(404);
        }
        // Where one has no right to, each of them stays.
        UUID moderated = World.newDepartment(Map.of("preset", "MODERATED"));
        String kept = World.openTicket(World.ada(), moderated, "kept@customers.example");
        String job = Jobs.start(
                frontline(moderated),
                Map.of(
                        "ticketIds",
                        List.of(kept),
                        "change",
                        Map.of("addTags", List.of("away"), "referral", Map.of("departmentId", department))));
        Jobs.finished(frontline(moderated), job);
        frontline(moderated)
                .get("/api/v1/bulk-jobs/{id}/items", job)
                .then()
                .body("items.code", equalTo(List.of("right-missing")));
        // All of it or nothing.
        World.ada()
                .get("/api/v1/tickets/{id}", kept)
                .then()
                .body("departmentId", equalTo(moderated.toString()))
                .body("tags", not(hasItem("away")));
    }

    private static RequestSpecification frontline(UUID department) {
        return World.as(World.agentOf(department, "frontline"));
    }

    @Test
    @Proves({"T-14", "T-17"})
    void shouldMergeManyTicketsIntoOne() {
        String survivor = open();
        List<String> all = List.of(tickets.getFirst(), survivor, tickets.getLast());

        JsonPath progress = run(all, Map.of("mergeInto", survivor));

        assertThat(progress.getInt("changed")).isEqualTo(2);
        assertThat(progress.getInt("refused")).isEqualTo(1);
        for (String id : tickets) {
            agent().get("/api/v1/tickets/{id}", id).then().body("id", equalTo(survivor));
        }
        agent().get("/api/v1/tickets/{id}/messages", survivor).then().body("items.size()", equalTo(3));
        agent().body(Map.of(
                        "ticketIds",
                        tickets,
                        "change",
                        Map.of("mergeInto", survivor, "referral", Map.of("departmentId", World.LINDEN))))
                .post("/api/v1/bulk-jobs")
                .then()
                .statusCode(400);
    }
}
