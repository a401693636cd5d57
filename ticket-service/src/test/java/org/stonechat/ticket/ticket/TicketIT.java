package org.stonechat.ticket.ticket;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.ticket.Rows;
import org.stonechat.ticket.World;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.stonechat.ticket.World.LINDEN;
import static org.stonechat.ticket.World.NORTHWIND;
import static org.stonechat.ticket.World.alice;
import static org.stonechat.ticket.World.as;
import static org.stonechat.ticket.World.bob;
import static org.stonechat.ticket.World.carl;
import static org.stonechat.ticket.World.integration;
import static org.stonechat.ticket.World.lena;
import static org.stonechat.ticket.World.max;
import static org.stonechat.ticket.World.openTicket;
import static org.stonechat.ticket.World.person;
import static org.stonechat.ticket.World.stageOf;

@QuarkusTest
@WithRealParts
class TicketIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final String MERGE_PATCH = "application/merge-patch+json";

    @Inject
    DataSource dataSource;

    @BeforeEach
    void setUp() {
        World.setUp();
    }

    @Test
    @Proves({"T-1", "T-2", "T-3"})
    void shouldOpenATicketByHandThatBelongsToItsMaker() {
        String id = alice().body(Map.of(
                        "departmentId",
                        NORTHWIND,
                        "contact",
                        Map.of("name", "Carl", "address", "Carl.Upper@Customers.example"),
                        "subject",
                        "A lamp is broken"))
                .post("/api/v1/tickets")
                .then()
                .statusCode(201)
                .header("ETag", "\"1\"")
                .header("Location", notNullValue())
                .body("number", greaterThan(10000))
                .body("assigneeId", equalTo(person(1).toString()))
                .body("assigneeName", equalTo("Alice"))
                .body("category", equalTo("Other"))
                .body("stage.category", equalTo("NEW"))
                .body("requester.address", equalTo("carl.upper@customers.example"))
                .body("waitingSince", nullValue())
                .extract()
                .path("id");
        alice().get("/api/v1/tickets/{id}", id)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("subject", equalTo("A lamp is broken"))
                .body("allowedStages", hasSize(5));
        try (EventCollector tickets = EventCollector.on("tickets");
                EventCollector contacts = EventCollector.on("contacts")) {
            EventCollector.Published created = tickets.awaitType("TicketCreated", UUID.fromString(id));
            Contracts.assertMatches("tickets", "TicketCreated", created.data(), created.personal());
            UUID contact = UUID.fromString(created.data().path("contactId").asText());
            EventCollector.Published changed = contacts.awaitType("ContactChanged", contact);
            Contracts.assertMatches("contacts", "ContactChanged", changed.data(), changed.personal());
        }
    }

    @Test
    @Proves("T-2")
    void shouldOpenATicketOncePerIdempotencyKeyAndOncePerExternalId() {
        Map<String, Object> body = Map.of(
                "departmentId",
                NORTHWIND,
                "contact",
                Map.of("address", "once@customers.example"),
                "subject",
                "Once",
                "externalId",
                UUID.randomUUID().toString());
        String key = UUID.randomUUID().toString();

        String id = create(integration().header("Idempotency-Key", key), body, 201);

        assertSame(id, create(integration().header("Idempotency-Key", key), body, 201));
        assertSame(id, create(integration(), body, 200));
        integration()
                .header("Idempotency-Key", key)
                .body(Map.of("departmentId", NORTHWIND, "contact", Map.of("name", "x"), "subject", "Other"))
                .post("/api/v1/tickets")
                .then()
                .statusCode(422)
                .body("code", equalTo("idempotency-key-reused"));
        integration()
                .get("/api/v1/tickets/{id}", id)
                .then()
                .body("channel", equalTo("API"))
                .body("assigneeId", nullValue());
    }

    @Test
    @Proves("T-2")
    void shouldKeepNoAnswerForLongAndStillOpenATicketOnce() {
        Map<String, Object> body = Map.of(
                "departmentId",
                NORTHWIND,
                "contact",
                Map.of("address", "later@customers.example"),
                "subject",
                "Opened once, " + UUID.randomUUID());
        String key = UUID.randomUUID().toString();
        String id = create(integration().header("Idempotency-Key", key), body, 201);
        assertThat(Rows.update(
                        dataSource,
                        "update idempotency_key set created_at = created_at - interval '61 minutes' where key = ?",
                        key))
                .isEqualTo(1);

        integration()
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/v1/tickets")
                .then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .header("Location", endsWith("/api/v1/tickets/" + id))
                .body(emptyString());

        assertThat(Rows.number(
                        dataSource,
                        "select count(*) from ticket where subject = ?",
                        String.valueOf(body.get("subject"))))
                .isEqualTo(1);
    }

    private static String create(io.restassured.specification.RequestSpecification who, Object body, int status) {
        return who.body(body)
                .post("/api/v1/tickets")
                .then()
                .statusCode(status)
                .extract()
                .path("id");
    }

    private static void assertSame(String expected, String actual) {
        org.assertj.core.api.Assertions.assertThat(actual).isEqualTo(expected);
    }

    @Test
    void shouldRefuseWhatDoesNotFit() {
        alice().body(Map.of("departmentId", NORTHWIND, "contact", Map.of(), "subject", "x"))
                .post("/api/v1/tickets")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("request-invalid"));
        alice().body(Map.of("departmentId", NORTHWIND, "contact", Map.of("name", "x"), "subject", ""))
                .post("/api/v1/tickets")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/subject"));
        alice().body(Map.of("departmentId", NORTHWIND, "contact", Map.of("name", "x"), "subject", "a\u0000b"))
                .post("/api/v1/tickets")
                .then()
                .statusCode(400);
        alice().body(Map.of("departmentId", NORTHWIND, "contact", Map.of("name", "x"), "subject", "x", "shade", 1))
                .post("/api/v1/tickets")
                .then()
                .statusCode(400)
                .body("code", equalTo("field-unknown"));
    }

    @Test
    @Proves("G-4")
    void shouldKeepTicketsFromThoseWhoMayNotSeeThem() {
        String id = openTicket(alice(), NORTHWIND, "scope@customers.example");
        Map<String, Object> reply = Map.of("kind", "COMMENT", "bodyText", "x");

        for (String path : List.of("", "/messages", "/history", "/attachments", "/attachments/" + UUID.randomUUID())) {
            String address = "/api/v1/tickets/" + id + path;
            RestAssured.given().get(address).then().statusCode(401).contentType("application/problem+json");
            carl().get(address).then().statusCode(403);
            bob().get(address).then().statusCode(404).body("code", equalTo("not-found"));
        }
        RestAssured.given()
                .contentType("application/json")
                .body(reply)
                .post("/api/v1/tickets")
                .then()
                .statusCode(401);
        carl().body(Map.of("departmentId", NORTHWIND, "contact", Map.of("name", "x"), "subject", "x"))
                .post("/api/v1/tickets")
                .then()
                .statusCode(403);
        bob().body(Map.of("departmentId", NORTHWIND, "contact", Map.of("name", "x"), "subject", "x"))
                .post("/api/v1/tickets")
                .then()
                .statusCode(404);
        bob().body(reply).post("/api/v1/tickets/{id}/messages", id).then().statusCode(404);
        bob().body(Map.of("as", "SOLVED"))
                .post("/api/v1/tickets/{id}/closure", id)
                .then()
                .statusCode(404);
        bob().body(Map.of()).put("/api/v1/tickets/{id}/assignment", id).then().statusCode(404);
        World.patch(bob(), id, Map.of("subject", "x")).statusCode(404);
        carl().body(reply).post("/api/v1/tickets/{id}/messages", id).then().statusCode(403);
        carl().body(Map.of("as", "SOLVED"))
                .post("/api/v1/tickets/{id}/closure", id)
                .then()
                .statusCode(403);
        carl().body(Map.of()).put("/api/v1/tickets/{id}/assignment", id).then().statusCode(403);
        carl().contentType(MERGE_PATCH)
                .body(Map.of())
                .patch("/api/v1/tickets/{id}", id)
                .then()
                .statusCode(403);
        as(Tokens.of("greta").role("agent").department(LINDEN))
                .get("/api/v1/tickets?department=" + NORTHWIND)
                .then()
                .statusCode(404);
        carl().get("/api/v1/tickets").then().statusCode(403);
        RestAssured.given().get("/api/v1/tickets").then().statusCode(401);
        carl().get("/api/v1/views").then().statusCode(403);
        RestAssured.given().get("/api/v1/views").then().statusCode(401);
    }

    @Test
    @Proves({"T-1", "T-9"})
    void shouldChangePropertiesOnlyOfTheVersionThatWasRead() {
        String id = openTicket(alice(), NORTHWIND, "patch@customers.example");

        alice().contentType(MERGE_PATCH)
                .body(Map.of("priority", "HIGH"))
                .patch("/api/v1/tickets/{id}", id)
                .then()
                .statusCode(428)
                .body("code", equalTo("precondition-required"));
        String etag = World.patch(
                        alice(),
                        id,
                        "\"1\"",
                        Map.of(
                                "priority",
                                "URGENT",
                                "tags",
                                List.of("parcel", "late"),
                                "escalated",
                                true,
                                "subject",
                                "Parcel late",
                                "dueAt",
                                "2030-01-01T00:00:00Z",
                                "stageId",
                                stageOf(NORTHWIND, "PENDING")))
                .statusCode(200)
                .body("priority", equalTo("URGENT"))
                .body("tags", equalTo(List.of("parcel", "late")))
                .body("escalated", equalTo(true))
                .body("subject", equalTo("Parcel late"))
                .body("stage.category", equalTo("PENDING"))
                .extract()
                .header("ETag");
        World.patch(alice(), id, "\"1\"", Map.of("priority", "LOW"))
                .statusCode(412)
                .body("code", equalTo("version-stale"));
        World.patch(alice(), id, etag, Map.of("number", 7)).statusCode(400).body("code", equalTo("field-unknown"));
        World.patch(alice(), id, etag, Map.of("stageId", stageOf(LINDEN, "OPEN")))
                .statusCode(422)
                .body("code", equalTo("stage-unknown"));
        try (EventCollector tickets = EventCollector.on("tickets")) {
            for (String type : List.of(
                    "PriorityChanged",
                    "TagsChanged",
                    "EscalationChanged",
                    "FieldsChanged",
                    "DueDateChanged",
                    "StageChanged")) {
                EventCollector.Published event = tickets.awaitType(type, UUID.fromString(id));
                Contracts.assertMatches("tickets", type, event.data(), event.personal());
            }
        }
        alice().get("/api/v1/tickets/{id}/history", id)
                .then()
                .statusCode(200)
                .body("items[0].type", equalTo("TicketCreated"))
                .body("items.type", hasItem("StageChanged"))
                .body("items.find { it.type == 'PriorityChanged' }.details.from", equalTo("NORMAL"))
                .body("items.find { it.type == 'PriorityChanged' }.details.to", equalTo("URGENT"))
                .body("items.find { it.type == 'FieldsChanged' }.details.to.subject", equalTo("Parcel late"))
                .body(
                        "items.find { it.type == 'PriorityChanged' }.actor.id",
                        equalTo(person(1).toString()))
                .body("items.find { it.type == 'PriorityChanged' }.details.ticketId", nullValue());
    }

    @Test
    @Proves("T-5")
    void shouldTakeAndReleaseAndOpenWithTheTaking() {
        String id = openTicket(alice(), NORTHWIND, "take@customers.example");

        alice().body(Map.of("agentId", person(1)))
                .put("/api/v1/tickets/{id}/assignment", id)
                .then()
                .statusCode(200)
                .body("assigneeId", equalTo(person(1).toString()))
                .body("stage.category", equalTo("OPEN"));
        alice().get("/api/v1/tickets?view=my-open&limit=200").then().body("items.id", hasItem(id));
        alice().body(Map.of())
                .put("/api/v1/tickets/{id}/assignment", id)
                .then()
                .statusCode(200)
                .body("assigneeId", nullValue());
        alice().get("/api/v1/tickets?view=my-open&limit=200").then().body("items.id", not(hasItem(id)));
        alice().get("/api/v1/tickets?view=unassigned&limit=200").then().body("items.id", hasItem(id));
        alice().body(Map.of("agentId", UUID.randomUUID()))
                .put("/api/v1/tickets/{id}/assignment", id)
                .then()
                .statusCode(422)
                .body("code", equalTo("agent-unknown"));
        alice().body(Map.of("teamId", UUID.randomUUID()))
                .put("/api/v1/tickets/{id}/assignment", id)
                .then()
                .statusCode(422)
                .body("code", equalTo("team-unknown"));
        try (EventCollector tickets = EventCollector.on("tickets")) {
            EventCollector.Published assigned = tickets.awaitType("TicketAssigned", UUID.fromString(id));
            Contracts.assertMatches("tickets", "TicketAssigned", assigned.data(), assigned.personal());
        }
    }

    @Test
    @Proves({"T-5", "T-6", "G-4"})
    void shouldLetOnlyLeadsAssignAndCloseWhereItIsModerated() {
        String id = openTicket(max(), LINDEN, "moderated@customers.example");

        bob().body(Map.of("teamId", World.BRAND_CARE))
                .put("/api/v1/tickets/{id}/assignment", id)
                .then()
                .statusCode(403)
                .body("code", equalTo("right-missing"));
        bob().body(Map.of("as", "CLOSED"))
                .post("/api/v1/tickets/{id}/closure", id)
                .then()
                .statusCode(403)
                .body("code", equalTo("right-missing"));
        World.patch(bob(), id, Map.of("stageId", stageOf(LINDEN, "CLOSED"))).statusCode(403);
        bob().body(Map.of("agentId", person(2)))
                .put("/api/v1/tickets/{id}/assignment", id)
                .then()
                .statusCode(200);
        bob().body(Map.of("as", "SOLVED"))
                .post("/api/v1/tickets/{id}/closure", id)
                .then()
                .statusCode(200);
        max().body(Map.of("as", "CLOSED", "reason", "done", "comment", "All well.", "rootCauses", List.of("carrier")))
                .post("/api/v1/tickets/{id}/closure", id)
                .then()
                .statusCode(200)
                .body("stage.category", equalTo("CLOSED"))
                .body("resolvedBy", equalTo(person(2).toString()));
        max().body(Map.of("as", "SOLVED"))
                .post("/api/v1/tickets/{id}/closure", id)
                .then()
                .statusCode(409)
                .body("code", equalTo("transition-illegal"));
        max().get("/api/v1/tickets/{id}/messages", id).then().body("items.kind", hasItem("COMMENT"));
        max().get("/api/v1/tickets?view=recently-closed&limit=200").then().body("items.id", hasItem(id));
    }

    @Test
    @Proves("T-3")
    void shouldCloseBySelfWhatHasBeenSolvedForLongEnough() {
        UUID department = UUID.randomUUID();
        World.department(
                department,
                Map.of(
                        "name", "Quick",
                        "slug", "quick-" + department.toString().substring(0, 8),
                        "preset", "OPEN",
                        "autoCloseAfter", "PT1S"));
        String id = openTicket(World.ada(), department, "quick@customers.example");

        World.ada()
                .body(Map.of("as", "SOLVED"))
                .post("/api/v1/tickets/{id}/closure", id)
                .then()
                .statusCode(200);

        org.awaitility.Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> World.ada()
                        .get("/api/v1/tickets/{id}", id)
                        .then()
                        .body("stage.category", equalTo("CLOSED"))
                        .body("resolvedBy", equalTo(person(5).toString())));
        World.ada()
                .get("/api/v1/tickets/{id}/history", id)
                .then()
                .body(
                        "items.findAll { it.type == 'StageChanged' }.details.why",
                        equalTo(List.of("CLOSURE", "AUTO_CLOSE")))
                .body("items[-1].actor.kind", equalTo("SYSTEM"));
    }

    @Test
    void shouldShowLeadsAndTheIntegrationTheTicketsOfTheirDepartment() {
        String id = openTicket(alice(), NORTHWIND, "lead@customers.example");

        lena().get("/api/v1/tickets/{id}", id).then().statusCode(200);
        integration().get("/api/v1/tickets/{id}", id).then().statusCode(200);
        World.ana().get("/api/v1/tickets/{id}", id).then().statusCode(403);
    }
}
