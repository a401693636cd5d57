package org.stonechat.ticket;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.stonechat.kit.event.EventJson;
import org.stonechat.testing.Tokens;

import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.oneOf;

/// Two departments and the people in them, set up through the API.
public final class World {

    public static final UUID NORTHWIND = UUID.fromString("0197a000-0000-7000-8000-000000000001");
    public static final UUID LINDEN = UUID.fromString("0197a000-0000-7000-8000-000000000002");
    public static final UUID SHOP_SUPPORT = UUID.fromString("0197a000-0000-7000-8000-000000000011");
    public static final UUID REVIEW_DESK = UUID.fromString("0197a000-0000-7000-8000-000000000012");
    public static final UUID BRAND_CARE = UUID.fromString("0197a000-0000-7000-8000-000000000021");

    private World() {}

    public static UUID person(int number) {
        return UUID.fromString("0197a000-0000-7000-8000-0000000001%02d".formatted(number));
    }

    public static RequestSpecification alice() {
        return as(Tokens.of("alice").subject(person(1)).role("agent").department(NORTHWIND));
    }

    public static RequestSpecification bob() {
        return as(Tokens.of("bob").subject(person(2)).role("agent").department(LINDEN));
    }

    public static RequestSpecification lena() {
        return as(Tokens.of("lena").subject(person(3)).role("lead").department(NORTHWIND));
    }

    public static RequestSpecification max() {
        return as(Tokens.of("max").subject(person(4)).role("lead").department(LINDEN));
    }

    public static RequestSpecification ada() {
        return as(Tokens.of("ada").subject(person(5)).role("admin").allDepartments());
    }

    public static RequestSpecification ana() {
        return as(Tokens.of("ana").subject(person(6)).role("analyst").allDepartments());
    }

    public static RequestSpecification carl() {
        return as(Tokens.of("carl").subject(person(7)).role("customer"));
    }

    /// A customer who has signed in, with this verified address.
    public static RequestSpecification customer(String address) {
        return as(Tokens.of("customer-" + address).role("customer").email(address));
    }

    /// A department of one's own, so that nobody else's tickets are in the way.
    public static UUID newDepartment(Map<String, Object> settings) {
        UUID id = UUID.randomUUID();
        newDepartment(id, settings);
        return id;
    }

    public static void newDepartment(UUID id, Map<String, Object> settings) {
        Map<String, Object> body = new HashMap<>();
        body.put("name", "Department " + id.toString().substring(0, 8));
        body.put("slug", "d-" + id.toString().substring(0, 8));
        body.put("preset", "OPEN");
        body.putAll(settings);
        department(id, body);
    }

    public static UUID newTeam(UUID department, String visibility) {
        UUID id = UUID.randomUUID();
        team(id, "Team " + id.toString().substring(0, 8), "t-" + id.toString().substring(0, 8), department, visibility);
        return id;
    }

    /// An agent of the department, another one with every name.
    public static Tokens agentOf(UUID department, String name) {
        return Tokens.of(name + department).role("agent").department(department);
    }

    public static RequestSpecification integration() {
        return as(Tokens.of("integration").role("integration").department(NORTHWIND));
    }

    public static RequestSpecification as(Tokens token) {
        return given().auth().oauth2(token.build()).contentType(ContentType.JSON);
    }

    /// Puts both departments and their teams; doing it again changes nothing.
    public static void setUp() {
        department(
                NORTHWIND,
                Map.of(
                        "name", "Northwind Shop",
                        "slug", "northwind",
                        "preset", "OPEN",
                        "mailAddress", "support@northwind.example"));
        department(
                LINDEN,
                Map.of(
                        "name", "Linden Brand",
                        "slug", "linden",
                        "preset", "MODERATED",
                        "oneTouch", true,
                        "mailAddress", "care@linden.example"));
        team(SHOP_SUPPORT, "Shop Support", "shop-support", NORTHWIND, "PORTAL_AND_INTERNAL");
        team(REVIEW_DESK, "Review Desk", "review-desk", NORTHWIND, "INTERNAL");
        team(BRAND_CARE, "Brand Care", "brand-care", LINDEN, "PORTAL_AND_INTERNAL");
    }

    public static void department(UUID id, Map<String, Object> body) {
        ada().body(body).put("/api/v1/departments/{id}", id).then().statusCode(oneOf(200, 201));
    }

    public static void team(UUID id, String name, String slug, UUID department, String visibility) {
        ada().body(Map.of(
                        "name", name,
                        "slug", slug,
                        "departmentIds", List.of(department),
                        "visibility", visibility))
                .put("/api/v1/teams/{id}", id)
                .then()
                .statusCode(oneOf(200, 201));
    }

    /// Something to choose from: a queue, or one of the `ticket-types`, `categories`, `root-causes`, `close-reasons`.
    public static UUID newChoice(UUID department, String kind, String name) {
        UUID id = UUID.randomUUID();
        ada().body(Map.of("departmentId", department, "name", name))
                .put("/api/v1/" + kind + "/{id}", id)
                .then()
                .statusCode(201);
        return id;
    }

    /// A custom field of the department, labelled by its code.
    public static UUID newField(UUID department, String code, String kind, Map<String, Object> more) {
        UUID id = UUID.randomUUID();
        Map<String, Object> body =
                new HashMap<>(Map.of("code", code, "label", code, "kind", kind, "departmentIds", List.of(department)));
        body.putAll(more);
        ada().body(body).put("/api/v1/fields/{id}", id).then().statusCode(201);
        return id;
    }

    /// Opens a ticket that nobody has, with one message of its customer; returns its id.
    public static String openTicket(RequestSpecification who, UUID department, String address) {
        return openTicket(who, department, address, Map.of());
    }

    /// @param more what else is known of the ticket, or known better
    public static String openTicket(
            RequestSpecification who, UUID department, String address, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(Map.of(
                "departmentId",
                department,
                "contact",
                Map.of("name", "Carl Customer", "address", address),
                "subject",
                "Where is my parcel?",
                "unassigned",
                true,
                "message",
                Map.of("bodyText", "I have been waiting for a week.")));
        body.putAll(more);
        return who.body(body)
                .post("/api/v1/tickets")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    /// Changes a ticket, whatever version it has.
    public static ValidatableResponse patch(RequestSpecification who, String ticket, Map<String, ?> changes) {
        return patch(who, ticket, "*", changes);
    }

    /// @param ifMatch the version that was read, as an `ETag`
    public static ValidatableResponse patch(
            RequestSpecification who, String ticket, String ifMatch, Map<String, ?> changes) {
        return who.contentType("application/merge-patch+json")
                .header("If-Match", ifMatch)
                // REST Assured knows no character set of a merge patch.
                .body(EventJson.write(changes).getBytes(StandardCharsets.UTF_8))
                .patch("/api/v1/tickets/{id}", ticket)
                .then();
    }

    public static String stageOf(UUID department, String category) {
        return ada().queryParam("department", department)
                .get("/api/v1/stages")
                .then()
                .statusCode(200)
                .extract()
                .path("items.find { it.category == '" + category + "' }.id");
    }
}
