package org.stonechat.ticket.choice;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.ticket.World;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

@QuarkusTest
@WithRealParts
class ChoiceIT {

    private final UUID department = UUID.randomUUID();

    @BeforeEach
    void setUp() {
        World.newDepartment(department, Map.of());
    }

    private RequestSpecification agent() {
        return World.as(World.agentOf(department, "agent"));
    }

    private UUID put(String kind, String name, boolean retired) {
        UUID id = UUID.nameUUIDFromBytes((department + kind + name).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        World.ada()
                .body(Map.of("departmentId", department, "name", name, "retired", retired))
                .put("/api/v1/" + kind + "/{id}", id)
                .then()
                .statusCode(org.hamcrest.Matchers.oneOf(200, 201))
                .body("name", equalTo(name));
        return id;
    }

    private ValidatableResponse create(Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(
                Map.of("departmentId", department, "contact", Map.of("name", "Carl"), "subject", "A lamp is broken"));
        body.putAll(more);
        return agent().body(body).post("/api/v1/tickets").then();
    }

    private ValidatableResponse patch(String id, Map<String, Object> changes) {
        return World.patch(agent(), id, changes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ticket-types", "categories", "root-causes", "close-reasons"})
    @Proves("T-16")
    void shouldSetChoicesUpAndRetireThem(String kind) {
        UUID second = put(kind, "Second", false);
        UUID first = UUID.randomUUID();
        World.ada()
                .body(Map.of("departmentId", department, "name", "First", "position", 0))
                .put("/api/v1/" + kind + "/{id}", first)
                .then()
                .statusCode(201)
                .header("ETag", "\"1\"");
        World.ada()
                .body(Map.of("departmentId", department, "name", "Second", "position", 1, "retired", true))
                .put("/api/v1/" + kind + "/{id}", second)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("retired", equalTo(true));

        agent().get("/api/v1/" + kind + "?department=" + department)
                .then()
                .statusCode(200)
                .body("items.name", contains("First", "Second"))
                .body("items.retired", contains(false, true));
        agent().get("/api/v1/" + kind + "/{id}", first).then().statusCode(200).body("name", equalTo("First"));
        World.ada()
                .body(Map.of("departmentId", department, "name", "FIRST"))
                .put("/api/v1/" + kind + "/{id}", UUID.randomUUID())
                .then()
                .statusCode(409)
                .body("code", equalTo("name-taken"));
        World.ada()
                .body(Map.of("departmentId", World.newDepartment(Map.of()), "name", "Moved"))
                .put("/api/v1/" + kind + "/{id}", first)
                .then()
                .statusCode(409)
                .body("code", equalTo("elsewhere-already"));
        World.ada()
                .body(Map.of("departmentId", UUID.randomUUID(), "name", "Nowhere"))
                .put("/api/v1/" + kind + "/{id}", UUID.randomUUID())
                .then()
                .statusCode(422)
                .body("code", equalTo("department-unknown"));
        World.ada()
                .body(Map.of("departmentId", department, "name", " "))
                .put("/api/v1/" + kind + "/{id}", UUID.randomUUID())
                .then()
                .statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ticket-types", "categories", "root-causes", "close-reasons"})
    @Proves("G-4")
    void shouldKeepSettingUpToThoseWithTheRight(String kind) {
        UUID id = put(kind, "One", false);
        Map<String, Object> body = Map.of("departmentId", department, "name", "x");
        String path = "/api/v1/" + kind + "/" + id;

        RestAssured.given().get(path).then().statusCode(401);
        RestAssured.given()
                .contentType("application/json")
                .body(body)
                .put(path)
                .then()
                .statusCode(401);
        World.carl().get(path).then().statusCode(403);
        World.carl().get("/api/v1/" + kind + "?department=" + department).then().statusCode(403);
        World.carl().body(body).put(path).then().statusCode(403);
        World.alice().get(path).then().statusCode(404);
        World.alice()
                .get("/api/v1/" + kind + "?department=" + department)
                .then()
                .statusCode(404);
        World.alice().body(body).put(path).then().statusCode(404);
        agent().body(body).put(path).then().statusCode(403).body("code", equalTo("right-missing"));
        agent().get("/api/v1/" + kind + "/{id}", UUID.randomUUID()).then().statusCode(404);
        agent().get("/api/v1/" + kind).then().statusCode(400);
    }

    @Test
    @Proves({"T-1", "T-2", "T-16"})
    void shouldTakeTheTypesAndCategoriesOfItsDepartmentAlone() {
        UUID complaint = put("ticket-types", "Complaint", false);
        UUID old = put("ticket-types", "Old", true);
        put("categories", "Delivery", false);

        String id = create(Map.of("typeId", complaint, "category", "Delivery"))
                .statusCode(201)
                .body("typeId", equalTo(complaint.toString()))
                .body("category", equalTo("Delivery"))
                .extract()
                .path("id");
        create(Map.of()).statusCode(201).body("category", equalTo("Other"));
        create(Map.of("typeId", old)).statusCode(422).body("code", equalTo("choice-unknown"));
        create(Map.of("typeId", UUID.randomUUID())).statusCode(422);
        create(Map.of("category", "Nonsense"))
                .statusCode(422)
                .body("code", equalTo("choice-unknown"))
                .body("detail", containsString("Delivery"));
        patch(id, Map.of("category", "Nonsense")).statusCode(422);
        patch(id, Map.of("typeId", old)).statusCode(422);
        patch(id, Map.of("category", "Other")).statusCode(200);

        // A retired one stays where it was chosen, and may be sent along with other changes.
        put("ticket-types", "Complaint", true);
        patch(id, Map.of("typeId", complaint, "priority", "HIGH"))
                .statusCode(200)
                .body("typeId", equalTo(complaint.toString()));
        Map<String, Object> none = new HashMap<>();
        none.put("typeId", null);
        patch(id, none).statusCode(200);
        agent().get("/api/v1/tickets/{id}/history", id)
                .then()
                .body("items[-1].type", equalTo("FieldsChanged"))
                .body("items[-1].details.from.typeId", equalTo("Complaint"));
    }

    @Test
    @Proves({"T-1", "T-6", "T-16"})
    void shouldTakeTheRootCausesAndCloseReasonsOfItsDepartmentAlone() {
        put("root-causes", "Packaging", false);
        put("root-causes", "Carrier", false);
        put("close-reasons", "Replaced", false);
        String id = create(Map.of()).extract().path("id");

        patch(id, Map.of("rootCauses", List.of("Packaging", "Packaging")))
                .statusCode(200)
                .body("rootCauses", equalTo(List.of("Packaging")));
        patch(id, Map.of("rootCauses", List.of("Moon"))).statusCode(422).body("code", equalTo("choice-unknown"));
        agent().body(Map.of("as", "CLOSED", "reason", "Whim"))
                .post("/api/v1/tickets/{id}/closure", id)
                .then()
                .statusCode(422);
        agent().body(Map.of("as", "CLOSED", "rootCauses", List.of("Moon")))
                .post("/api/v1/tickets/{id}/closure", id)
                .then()
                .statusCode(422);
        put("root-causes", "Packaging", true);
        patch(id, Map.of("rootCauses", List.of("Packaging", "Carrier"))).statusCode(200);
        agent().body(Map.of("as", "CLOSED", "reason", "Replaced"))
                .post("/api/v1/tickets/{id}/closure", id)
                .then()
                .statusCode(200)
                .body("closeReason", equalTo("Replaced"))
                .body("rootCauses", equalTo(List.of("Packaging", "Carrier")));
    }
}
