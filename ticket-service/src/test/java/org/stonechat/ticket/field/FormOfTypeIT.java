package org.stonechat.ticket.field;

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
import io.restassured.specification.RequestSpecification;

import static org.hamcrest.Matchers.equalTo;

/// Which form a ticket has, and what may make a field on it required.
@QuarkusTest
@WithRealParts
class FormOfTypeIT {

    private final UUID department = UUID.randomUUID();
    private final UUID complaint = UUID.randomUUID();
    private final String mark = department.toString().substring(0, 8);

    @BeforeEach
    void setUp() {
        World.newDepartment(department, Map.of());
        World.ada()
                .body(Map.of("departmentId", department, "name", "Complaint"))
                .put("/api/v1/ticket-types/{id}", complaint)
                .then()
                .statusCode(201);
    }

    private RequestSpecification agent() {
        return World.as(World.agentOf(department, "former"));
    }

    private UUID field(String name) {
        UUID id = UUID.randomUUID();
        World.ada()
                .body(Map.of("code", name + mark, "label", name, "kind", "TEXT", "departmentIds", List.of(department)))
                .put("/api/v1/fields/{id}", id)
                .then()
                .statusCode(201);
        return id;
    }

    private void form(String name, Map<String, Object> more, Map<String, Object> item) {
        Map<String, Object> body =
                new HashMap<>(Map.of("name", name, "departmentId", department, "items", List.of(item)));
        body.putAll(more);
        World.ada()
                .body(body)
                .put("/api/v1/forms/{id}", UUID.randomUUID())
                .then()
                .statusCode(201);
    }

    private String open(Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(
                Map.of("departmentId", department, "contact", Map.of("name", "Carl"), "subject", "A lamp is broken"));
        body.putAll(more);
        return agent().body(body)
                .post("/api/v1/tickets")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private void asksFor(String ticket, List<String> fields, List<Boolean> required) {
        agent().get("/api/v1/tickets/{id}/form", ticket)
                .then()
                .statusCode(200)
                .body(
                        "fields.field.code",
                        equalTo(fields.stream().map(field -> field + mark).toList()))
                .body("fields.required", equalTo(required));
    }

    private int solve(String ticket) {
        return agent().body(Map.of("as", "SOLVED"))
                .post("/api/v1/tickets/{id}/closure", ticket)
                .statusCode();
    }

    @Test
    @Proves({"T-6", "T-16"})
    void shouldAskWithTheFormOfTheTicketsTypeAndElseWithItsDepartments() {
        form("All", Map.of(), Map.of("fieldId", field("serial"), "required", "NEVER"));
        form("Complaints", Map.of("typeId", complaint), Map.of("fieldId", field("damage"), "required", "ALWAYS"));
        String plain = open(Map.of());
        String complained = open(Map.of("typeId", complaint));

        asksFor(plain, List.of("serial"), List.of(false));
        asksFor(complained, List.of("damage"), List.of(true));
        expect(solve(plain), 200);
        expect(solve(complained), 422);

        // What it becomes is what it is asked for.
        Map<String, Object> none = new HashMap<>();
        none.put("typeId", null);
        agent().contentType("application/merge-patch+json")
                .header("If-Match", "*")
                .body(none)
                .patch("/api/v1/tickets/{id}", complained)
                .then()
                .statusCode(200);
        asksFor(complained, List.of("serial"), List.of(false));
        expect(solve(complained), 200);
    }

    private static void expect(int actual, int expected) {
        org.assertj.core.api.Assertions.assertThat(actual).isEqualTo(expected);
    }

    @Test
    @Proves("T-16")
    void shouldRequireAFieldWhenAnyPropertyOfTheTicketSaysSo() {
        Map<String, Object> holds = Map.of(
                "priority", "HIGH",
                "channel", "PHONE",
                "category", "Other",
                "typeId", complaint.toString(),
                "tags", "broken",
                "escalated", "true");
        String ticket = open(Map.of(
                "priority", "HIGH", "channel", "PHONE", "typeId", complaint, "tags", List.of("broken", "glass")));
        agent().contentType("application/merge-patch+json")
                .header("If-Match", "*")
                .body(Map.of("escalated", true))
                .patch("/api/v1/tickets/{id}", ticket)
                .then()
                .statusCode(200);
        String other = open(Map.of("priority", "LOW", "channel", "LETTER"));
        UUID field = field("proof");
        UUID form = UUID.randomUUID();

        holds.forEach((property, value) -> {
            World.ada()
                    .body(Map.of(
                            "name",
                            "Proofs",
                            "departmentId",
                            department,
                            "items",
                            List.of(Map.of(
                                    "fieldId",
                                    field,
                                    "required",
                                    "WHEN",
                                    "when",
                                    List.of(Map.of("property", property, "values", List.of(value)))))))
                    .put("/api/v1/forms/{id}", form)
                    .then()
                    .statusCode(org.hamcrest.Matchers.oneOf(200, 201));
            agent().get("/api/v1/tickets/{id}/form", ticket).then().body("fields.required", equalTo(List.of(true)));
            // Both are in the category Other.
            agent().get("/api/v1/tickets/{id}/form", other)
                    .then()
                    .body("fields.required", equalTo(List.of(property.equals("category"))));
        });
    }
}
