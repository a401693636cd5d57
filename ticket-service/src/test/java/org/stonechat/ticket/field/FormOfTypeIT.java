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
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

import static org.hamcrest.Matchers.equalTo;

/// Which form a ticket has, and what may make a field on it required.
@QuarkusTest
@WithRealParts
class FormOfTypeIT {

    private final UUID department = UUID.randomUUID();
    private final String mark = department.toString().substring(0, 8);
    private UUID complaint;

    @BeforeEach
    void setUp() {
        World.newDepartment(department, Map.of());
        complaint = World.newChoice(department, "ticket-types", "Complaint");
    }

    private RequestSpecification agent() {
        return World.as(World.agentOf(department, "former"));
    }

    private UUID field(String name) {
        return World.newField(department, name + mark, "TEXT", Map.of());
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
        return World.openTicket(agent(), department, "forms@customers.example", more);
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

    private ValidatableResponse solve(String ticket) {
        return agent().body(Map.of("as", "SOLVED"))
                .post("/api/v1/tickets/{id}/closure", ticket)
                .then();
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
        solve(plain).statusCode(200);
        solve(complained).statusCode(422);

        // What it becomes is what it is asked for.
        Map<String, Object> none = new HashMap<>();
        none.put("typeId", null);
        World.patch(agent(), complained, none).statusCode(200);
        asksFor(complained, List.of("serial"), List.of(false));
        solve(complained).statusCode(200);
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
        World.patch(agent(), ticket, Map.of("escalated", true)).statusCode(200);
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
