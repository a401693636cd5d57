package org.stonechat.ticket.field;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.ticket.World;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.stonechat.ticket.World.LINDEN;
import static org.stonechat.ticket.World.ada;
import static org.stonechat.ticket.World.bob;
import static org.stonechat.ticket.World.carl;
import static org.stonechat.ticket.World.openTicket;

@QuarkusTest
@WithRealParts
class FieldIT {

    private final UUID department = UUID.randomUUID();
    private final String mark = department.toString().substring(0, 8);

    @BeforeEach
    void setUp() {
        World.setUp();
        World.department(department, Map.of("name", "Fields", "slug", "fields-" + mark, "preset", "OPEN"));
    }

    private RequestSpecification agent() {
        return World.as(Tokens.of("fielder-" + department).role("agent").department(department));
    }

    private String code(String name) {
        return name + mark;
    }

    private static UUID field(UUID id, Map<String, Object> body, int status) {
        ada().body(body).put("/api/v1/fields/{id}", id).then().statusCode(status);
        return id;
    }

    private UUID field(String name, String kind, Map<String, Object> more) {
        return World.newField(department, code(name), kind, more);
    }

    private ValidatableResponse enter(String ticket, Map<String, Object> values) {
        return World.patch(agent(), ticket, Map.of("fields", values));
    }

    private static Map<String, Object> value(String code, Object value) {
        Map<String, Object> map = new HashMap<>();
        map.put(code, value);
        return map;
    }

    @Test
    @Proves({"T-16", "T-1"})
    void shouldTakeWhatFitsTheKindOfEachField() {
        List<Map<String, Object>> colours =
                List.of(Map.of("code", "red", "label", "Red"), Map.of("code", "blue", "label", "Blue"));
        field("order", "TEXT", Map.of("longest", 20));
        field("weight", "NUMBER", Map.of("lowest", 0, "highest", 99.5));
        field("bought", "DATE", Map.of());
        field("colour", "CHOICE", Map.of("choices", colours));
        field("parts", "MULTI_CHOICE", Map.of("choices", colours));
        field("insured", "CHECKBOX", Map.of());
        String ticket = openTicket(agent(), department, "fits@customers.example");

        enter(
                        ticket,
                        Map.of(
                                code("order"),
                                "ORD-77",
                                code("weight"),
                                12.5,
                                code("bought"),
                                "2026-02-28",
                                code("colour"),
                                "red",
                                code("parts"),
                                List.of("red", "blue"),
                                code("insured"),
                                true))
                .statusCode(200)
                .body("fields." + code("order"), equalTo("ORD-77"))
                .body("fields." + code("weight"), equalTo(12.5f))
                .body("fields." + code("bought"), equalTo("2026-02-28"))
                .body("fields." + code("colour"), equalTo("red"))
                .body("fields." + code("parts"), hasItems("red", "blue"))
                .body("fields." + code("insured"), equalTo(true))
                .body("version", equalTo(2));

        for (Map.Entry<String, Object> wrong : Map.<String, Object>of(
                        code("order"),
                        "a text that is longer than twenty characters",
                        code("weight"),
                        100,
                        code("bought"),
                        "2026-02-30",
                        code("colour"),
                        "green",
                        code("parts"),
                        List.of("red", "green"),
                        code("insured"),
                        "yes",
                        "nosuchfield",
                        1)
                .entrySet()) {
            enter(ticket, value(wrong.getKey(), wrong.getValue()))
                    .statusCode(422)
                    .body("code", equalTo("field-value-invalid"))
                    .body("errors.pointer", equalTo(List.of("/fields/" + wrong.getKey())));
        }
        enter(ticket, value(code("weight"), 12.50)).statusCode(200).body("version", equalTo(2));
        enter(ticket, value(code("order"), null))
                .statusCode(200)
                .body("fields." + code("order"), nullValue())
                .body("fields." + code("colour"), equalTo("red"));
        try (EventCollector tickets = EventCollector.on("tickets")) {
            EventCollector.Published changed = tickets.awaitType("FieldsChanged", UUID.fromString(ticket));
            Contracts.assertMatches("tickets", "FieldsChanged", changed.data(), changed.personal());
            assertThat(changed.personal()
                            .path("to")
                            .path("fields." + code("order"))
                            .asText())
                    .isEqualTo("ORD-77");
        }
        agent().get("/api/v1/tickets/{id}/history", ticket).then().body("items.type", hasItem("FieldsChanged"));
    }

    @Test
    @Proves({"T-16", "T-6"})
    void shouldAskForRequiredFieldsBeforeSolvingAsTheFormSays() {
        UUID cause = field("cause", "CHOICE", Map.of("choices", List.of(Map.of("code", "post", "label", "Post"))));
        UUID amount = field("amount", "NUMBER", Map.of());
        UUID core = UUID.randomUUID();
        ada().body(Map.of(
                        "name",
                        "Core",
                        "inUse",
                        false,
                        "items",
                        List.of(Map.of("fieldId", cause, "required", "ALWAYS"))))
                .put("/api/v1/forms/{id}", core)
                .then()
                .statusCode(201);
        UUID form = UUID.randomUUID();
        Map<String, Object> body = Map.of(
                "name",
                "Refunds",
                "departmentId",
                department,
                "extendsId",
                core,
                "items",
                List.of(Map.of(
                        "fieldId",
                        amount,
                        "required",
                        "WHEN",
                        "when",
                        List.of(
                                Map.of("property", "priority", "values", List.of("HIGH", "URGENT")),
                                Map.of("property", "fields." + code("cause"), "values", List.of("post"))))));
        ada().body(body).put("/api/v1/forms/{id}", form).then().statusCode(201).header("ETag", "\"1\"");
        ada().body(body).put("/api/v1/forms/{id}", form).then().statusCode(200).header("ETag", "\"1\"");
        String ticket = openTicket(agent(), department, "required@customers.example");

        agent().get("/api/v1/tickets/{id}/form", ticket)
                .then()
                .statusCode(200)
                .body("fields.field.code", equalTo(List.of(code("cause"), code("amount"))))
                .body("fields.required", equalTo(List.of(true, false)))
                .body("fields.missing", equalTo(List.of(true, false)));
        solve(ticket)
                .statusCode(422)
                .body("code", equalTo("fields-missing"))
                .body("errors.pointer", hasItem("/fields/" + code("cause")));
        agent().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "Done.", "solve", true))
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .statusCode(422);
        enter(ticket, value(code("cause"), "post")).statusCode(200);
        World.patch(agent(), ticket, Map.of("priority", "URGENT")).statusCode(200);
        solve(ticket).statusCode(422).body("errors.pointer", equalTo(List.of("/fields/" + code("amount"))));
        enter(ticket, value(code("amount"), 9.95)).statusCode(200);
        solve(ticket).statusCode(200).body("stage.category", equalTo("SOLVED"));

        ada().body(Map.of("name", "Core", "inUse", false, "extendsId", form, "items", List.of()))
                .put("/api/v1/forms/{id}", core)
                .then()
                .statusCode(422)
                .body("code", equalTo("form-circle"));
        ada().body(Map.of("name", "Second", "departmentId", department, "items", List.of()))
                .put("/api/v1/forms/{id}", UUID.randomUUID())
                .then()
                .statusCode(409)
                .body("code", equalTo("form-taken"));
        ada().delete("/api/v1/forms/{id}", core).then().statusCode(409).body("code", equalTo("form-extended"));
        ada().delete("/api/v1/forms/{id}", form).then().statusCode(204);
        agent().get("/api/v1/tickets/{id}/form", ticket).then().body("fields.size()", equalTo(0));
    }

    private ValidatableResponse solve(String ticket) {
        return agent().body(Map.of("as", "SOLVED"))
                .post("/api/v1/tickets/{id}/closure", ticket)
                .then();
    }

    @Test
    @Proves("T-16")
    void shouldKeepWhatOldTicketsHaveWhenAFieldOrChoiceIsRetired() {
        Map<String, Object> body = new HashMap<>(Map.of(
                "code", code("size"),
                "label", "Size",
                "kind", "CHOICE",
                "departmentIds", List.of(department),
                "choices", List.of(Map.of("code", "small", "label", "S"), Map.of("code", "large", "label", "L"))));
        UUID size = field(UUID.randomUUID(), body, 201);
        String old = openTicket(agent(), department, "old@customers.example");
        String young = openTicket(agent(), department, "young@customers.example");
        enter(old, value(code("size"), "small")).statusCode(200);

        body.put("choices", List.of(Map.of("code", "large", "label", "L")));
        field(size, body, 200);
        ada().get("/api/v1/fields/{id}", size)
                .then()
                .body("choices.find { it.code == 'small' }.retired", equalTo(true));
        enter(young, value(code("size"), "small")).statusCode(422);
        enter(old, Map.of(code("size"), "small")).statusCode(200);

        body.put("retired", true);
        field(size, body, 200);
        enter(young, value(code("size"), "large")).statusCode(422);
        agent().get("/api/v1/tickets/{id}", old).then().body("fields." + code("size"), equalTo("small"));
        solve(old).statusCode(200);
        World.patch(agent(), old, Map.of("subject", "Another subject"))
                .statusCode(200)
                .body("fields." + code("size"), equalTo("small"));
        enter(old, value(code("size"), null)).statusCode(200).body("fields." + code("size"), nullValue());

        body.put("kind", "TEXT");
        body.remove("choices");
        ada().body(body).put("/api/v1/fields/{id}", size).then().statusCode(409).body("code", equalTo("field-fixed"));
        body.put("code", code("size"));
        ada().body(body)
                .put("/api/v1/fields/{id}", UUID.randomUUID())
                .then()
                .statusCode(409)
                .body("code", equalTo("field-code-taken"));
    }

    @Test
    @Proves({"T-16", "G-4"})
    void shouldKeepFieldsToTheirDepartmentsAndSettingUpToAdmins() {
        UUID mine = field("mine", "TEXT", Map.of());
        String ticket = openTicket(bob(), LINDEN, "elsewhere@customers.example");

        bob().get("/api/v1/fields/{id}", mine).then().statusCode(404);
        bob().get("/api/v1/fields?limit=200").then().body("items.id", not(hasItem(mine.toString())));
        agent().get("/api/v1/fields?limit=200").then().statusCode(200).body("items.id", hasItem(mine.toString()));
        World.patch(bob(), ticket, Map.of("fields", Map.of(code("mine"), "x"))).statusCode(422);
        agent().body(Map.of("code", "x", "label", "x", "kind", "TEXT"))
                .put("/api/v1/fields/{id}", mine)
                .then()
                .statusCode(403);
        agent().body(Map.of("name", "x", "items", List.of()))
                .put("/api/v1/forms/{id}", UUID.randomUUID())
                .then()
                .statusCode(403);
        carl().get("/api/v1/fields").then().statusCode(403);
        carl().get("/api/v1/forms").then().statusCode(403);
        RestAssured.given().get("/api/v1/fields").then().statusCode(401);
        World.as(Tokens.of("partial").role("admin").department(department))
                .body(Map.of("code", code("all"), "label", "x", "kind", "TEXT"))
                .put("/api/v1/fields/{id}", UUID.randomUUID())
                .then()
                .statusCode(403);
        agent().get("/api/v1/tickets/{id}/form", ticket).then().statusCode(404);
        UUID form = UUID.randomUUID();
        ada().body(Map.of("name", "Theirs", "departmentId", department, "items", List.of()))
                .put("/api/v1/forms/{id}", form)
                .then()
                .statusCode(201);
        bob().get("/api/v1/forms/{id}", form).then().statusCode(404);
        bob().delete("/api/v1/forms/{id}", form).then().statusCode(404);
        agent().delete("/api/v1/forms/{id}", form).then().statusCode(403);
        agent().get("/api/v1/forms/{id}", form).then().statusCode(200).body("name", equalTo("Theirs"));
        agent().get("/api/v1/forms?limit=200").then().body("items.id", hasItem(form.toString()));
        ada().body(Map.of("code", "9x", "label", "x", "kind", "CHOICE"))
                .put("/api/v1/fields/{id}", UUID.randomUUID())
                .then()
                .statusCode(400);
    }

    @Test
    @Proves({"T-16", "T-2"})
    void shouldTakeFieldsWithANewTicket() {
        field("serial", "TEXT", Map.of());

        agent().body(Map.of(
                        "departmentId",
                        department,
                        "contact",
                        Map.of("name", "With fields"),
                        "subject",
                        "A lamp",
                        "fields",
                        Map.of(code("serial"), "SN-1")))
                .post("/api/v1/tickets")
                .then()
                .statusCode(201)
                .body("fields." + code("serial"), equalTo("SN-1"));
        agent().body(Map.of(
                        "departmentId",
                        department,
                        "contact",
                        Map.of("name", "With fields"),
                        "subject",
                        "A lamp",
                        "fields",
                        Map.of(code("serial"), 7)))
                .post("/api/v1/tickets")
                .then()
                .statusCode(422);
    }
}
