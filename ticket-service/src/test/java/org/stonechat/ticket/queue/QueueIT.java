package org.stonechat.ticket.queue;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.ticket.World;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@WithRealParts
class QueueIT {

    private final UUID department = UUID.randomUUID();
    private final UUID returns = UUID.randomUUID();

    @BeforeEach
    void setUp() {
        World.newDepartment(department, Map.of());
    }

    private RequestSpecification agent() {
        return World.as(World.agentOf(department, "agent"));
    }

    private void put(UUID id, String name, boolean retired, int status) {
        World.ada()
                .body(Map.of("departmentId", department, "name", name, "retired", retired))
                .put("/api/v1/queues/{id}", id)
                .then()
                .statusCode(status);
    }

    private ValidatableResponse patch(String id, Object queue) {
        Map<String, Object> changes = new HashMap<>();
        changes.put("queueId", queue);
        return World.patch(agent(), id, changes);
    }

    @Test
    @Proves({"T-1", "T-16"})
    void shouldSetQueuesUpAndPutTicketsInLine() {
        put(returns, "Returns", false, 201);
        put(returns, "Returns", false, 200);
        UUID delivery = UUID.randomUUID();
        put(delivery, "Delivery", false, 201);
        put(UUID.randomUUID(), "returns", false, 409);
        agent().get("/api/v1/queues?department=" + department)
                .then()
                .statusCode(200)
                .body("items.name", contains("Delivery", "Returns"));

        String id = agent().body(Map.of(
                        "departmentId",
                        department,
                        "contact",
                        Map.of("name", "Carl"),
                        "subject",
                        "Back to you",
                        "queueId",
                        returns))
                .post("/api/v1/tickets")
                .then()
                .statusCode(201)
                .body("queueId", equalTo(returns.toString()))
                .extract()
                .path("id");
        patch(id, delivery).statusCode(200).body("queueId", equalTo(delivery.toString()));
        patch(id, null).statusCode(200).body("queueId", nullValue());
        patch(id, UUID.randomUUID()).statusCode(422).body("code", equalTo("queue-unknown"));

        patch(id, delivery).statusCode(200);
        put(delivery, "Delivery", true, 200);
        agent().get("/api/v1/tickets/{id}", id).then().body("queueId", equalTo(delivery.toString()));
        patch(id, returns).statusCode(200);
        patch(id, delivery).statusCode(422);
        try (EventCollector directory = EventCollector.on("directory");
                EventCollector tickets = EventCollector.on("tickets")) {
            EventCollector.Published defined = directory.awaitType("QueueDefined", returns);
            Contracts.assertMatches("directory", "QueueDefined", defined.data(), defined.personal());
            EventCollector.Published changed = tickets.awaitType("QueueChanged", UUID.fromString(id));
            Contracts.assertMatches("tickets", "QueueChanged", changed.data(), changed.personal());
        }
    }

    @Test
    @Proves("G-4")
    void shouldKeepQueuesToTheirDepartments() {
        put(returns, "Returns", false, 201);
        Map<String, Object> body = Map.of("departmentId", department, "name", "x");
        String path = "/api/v1/queues/" + returns;
        RestAssured.given().get(path).then().statusCode(401);
        RestAssured.given()
                .contentType("application/json")
                .body(body)
                .put(path)
                .then()
                .statusCode(401);
        World.carl().get(path).then().statusCode(403);
        World.carl().get("/api/v1/queues?department=" + department).then().statusCode(403);
        World.carl().body(body).put(path).then().statusCode(403);
        World.alice().get(path).then().statusCode(404);
        World.alice().get("/api/v1/queues?department=" + department).then().statusCode(404);
        World.alice().body(body).put(path).then().statusCode(404);
        agent().body(body).put(path).then().statusCode(403).body("code", equalTo("right-missing"));
        agent().get(path).then().statusCode(200);
        agent().get("/api/v1/queues/{id}", UUID.randomUUID()).then().statusCode(404);
        World.ada()
                .body(Map.of("departmentId", World.newDepartment(Map.of()), "name", "x"))
                .put(path)
                .then()
                .statusCode(409)
                .body("code", equalTo("elsewhere-already"));
    }
}
