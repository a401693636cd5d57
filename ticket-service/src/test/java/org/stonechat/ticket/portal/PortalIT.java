package org.stonechat.ticket.portal;

import java.util.List;
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
import io.restassured.specification.RequestSpecification;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@WithRealParts
class PortalIT {

    private final UUID department = UUID.randomUUID();
    private final String address = "portal-" + department + "@customers.example";

    @BeforeEach
    void setUp() {
        World.newDepartment(department, Map.of());
    }

    private RequestSpecification customer() {
        return World.customer(address);
    }

    private RequestSpecification agent() {
        return World.as(World.agentOf(department, "agent"));
    }

    private String ask() {
        return customer()
                .body(Map.of("departmentId", department, "subject", "A lamp is broken", "bodyText", "It fell."))
                .post("/api/v1/portal/tickets")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    @Test
    @Proves("T-2")
    void shouldOpenATicketByTheWebForm() {
        customer()
                .get("/api/v1/portal/departments")
                .then()
                .statusCode(200)
                .body("items.id", hasItem(department.toString()));
        String key = UUID.randomUUID().toString();
        Map<String, Object> body =
                Map.of("departmentId", department, "subject", "A lamp is broken", "bodyText", "It fell.");

        String id = customer()
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/v1/portal/tickets")
                .then()
                .statusCode(201)
                .header("Location", notNullValue())
                .body("state", equalTo("OPEN"))
                .body("number", notNullValue())
                .body("department.id", equalTo(department.toString()))
                .extract()
                .path("id");
        customer()
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/v1/portal/tickets")
                .then()
                .statusCode(201)
                .body("id", equalTo(id));

        agent().get("/api/v1/tickets/{id}", id)
                .then()
                .statusCode(200)
                .body("channel", equalTo("FORM"))
                .body("requester.address", equalTo(address))
                .body("assigneeId", nullValue())
                .body("category", equalTo("Other"))
                .body("waitingSince", notNullValue());
        agent().get("/api/v1/tickets/{id}/history", id)
                .then()
                .body("items[0].details.how", equalTo("FORM"))
                .body("items[0].actor.kind", equalTo("CUSTOMER"));
        try (EventCollector tickets = EventCollector.on("tickets")) {
            EventCollector.Published created = tickets.awaitType("TicketCreated", UUID.fromString(id));
            Contracts.assertMatches("tickets", "TicketCreated", created.data(), created.personal());
        }
    }

    @Test
    @Proves("T-8")
    void shouldMailTheAnswerToAFormAndShowItInThePortalToo() {
        String id = ask();

        agent().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "A new one is coming.", "solve", false))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(201)
                .body("deliverVia", equalTo("MAIL"))
                .body("to.address", contains(address));
        customer()
                .get("/api/v1/portal/tickets/{id}/messages", id)
                .then()
                .statusCode(200)
                .body("items.bodyText", contains("It fell.", "A new one is coming."));
        agent().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "For here.", "channel", "PORTAL", "solve", false))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(201)
                .body("deliverVia", equalTo("PORTAL"))
                .body("to", empty());
        customer()
                .get("/api/v1/portal/tickets/{id}/messages", id)
                .then()
                .body("items.bodyText", contains("It fell.", "A new one is coming.", "For here."));
    }

    @Test
    @Proves({"T-8", "T-16", "G-4"})
    void shouldShowCustomersTheirPublicConversationAlone() {
        String id = ask();
        agent().body(Map.of("kind", "COMMENT", "bodyText", "He dropped it himself."))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(201);
        agent().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "A new one is coming.", "solve", false))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(201);
        UUID internal = World.newTeam(department, "INTERNAL");
        agent().body(Map.of("teamId", internal))
                .put("/api/v1/tickets/{id}/assignment", id)
                .then()
                .statusCode(200);

        customer()
                .get("/api/v1/portal/tickets/{id}/messages", id)
                .then()
                .statusCode(200)
                .body("items.bodyText", contains("It fell.", "A new one is coming."))
                .body("items.fromCustomer", contains(true, false))
                .body("items[1].authorId", nullValue())
                .body("items[1].kind", nullValue());
        customer()
                .get("/api/v1/portal/tickets/{id}", id)
                .then()
                .statusCode(200)
                .body(
                        "keySet()",
                        org.hamcrest.Matchers.everyItem(org.hamcrest.Matchers.in(List.of(
                                "id",
                                "number",
                                "subject",
                                "state",
                                "department",
                                "team",
                                "createdAt",
                                "lastMessageAt",
                                "followUpOf"))))
                .body("team", nullValue());
        UUID known = World.newTeam(department, "PORTAL_AND_INTERNAL");
        agent().body(Map.of("teamId", known))
                .put("/api/v1/tickets/{id}/assignment", id)
                .then()
                .statusCode(200);
        customer().get("/api/v1/portal/tickets/{id}", id).then().body("team.id", equalTo(known.toString()));
    }

    private String upload(String id, String name) {
        return World.as(World.agentOf(department, "agent"))
                .contentType(io.restassured.http.ContentType.MULTIPART)
                .multiPart("file", name, name.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .post("/api/v1/tickets/{id}/attachments", id)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    @Test
    @Proves({"T-10", "G-4"})
    void shouldGiveCustomersTheFilesOfTheirPublicConversationAlone() {
        String id = ask();
        String label = upload(id, "return label.txt");
        String internal = upload(id, "what we think of him.txt");
        String loose = upload(id, "loose.txt");
        agent().body(Map.of(
                        "kind",
                        "PUBLIC_REPLY",
                        "bodyText",
                        "Here is the label.",
                        "solve",
                        false,
                        "attachmentIds",
                        List.of(label)))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(201);
        agent().body(Map.of("kind", "COMMENT", "bodyText", "Look.", "attachmentIds", List.of(internal)))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(201);

        customer()
                .get("/api/v1/portal/tickets/{id}/messages", id)
                .then()
                .body("items.attachments.flatten().id", contains(label))
                .body("items.attachments.flatten().name", contains("return label.txt"));
        String path = "/api/v1/portal/tickets/" + id + "/attachments/";
        customer()
                .get(path + label)
                .then()
                .statusCode(200)
                .header("Content-Disposition", org.hamcrest.Matchers.startsWith("attachment;"))
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", org.hamcrest.Matchers.containsString("sandbox"))
                .body(equalTo("return label.txt"));
        customer()
                .header("Range", "bytes=7-11")
                .header("Accept-Encoding", "gzip")
                .get(path + label)
                .then()
                .statusCode(206)
                .header("Content-Range", "bytes 7-11/16")
                .header("Content-Length", "5")
                .header("Accept-Ranges", "bytes")
                .header("X-Content-Type-Options", "nosniff")
                .body(equalTo("label"));
        customer()
                .header("Range", "bytes=16-")
                .get(path + label)
                .then()
                .statusCode(416)
                .header("Content-Range", "bytes */16");
        String tag = customer().get(path + label).header("ETag");
        customer().header("If-None-Match", tag).get(path + label).then().statusCode(304);
        for (String hidden : List.of(internal, loose, UUID.randomUUID().toString())) {
            customer().get(path + hidden).then().statusCode(404);
        }
        World.customer("stranger-" + address).get(path + label).then().statusCode(404);
        RestAssured.given().get(path + label).then().statusCode(401);
        agent().get(path + label).then().statusCode(403);
    }

    @Test
    @Proves({"T-17", "G-4"})
    void shouldReachATicketThatWasMergedUnderItsOldIdAndNumber() {
        String stays = ask();
        String goes = ask();
        int oldNumber = customer()
                .get("/api/v1/portal/tickets/{id}", goes)
                .then()
                .extract()
                .path("number");
        int number = customer()
                .get("/api/v1/portal/tickets/{id}", stays)
                .then()
                .extract()
                .path("number");
        customer()
                .body(Map.of("bodyText", "Said before the merge."))
                .post("/api/v1/portal/tickets/{id}/messages", goes)
                .then()
                .statusCode(201);
        String others = World.openTicket(agent(), department, "another-" + address);
        for (String alias : List.of(goes, others)) {
            agent().body(Map.of("into", stays))
                    .post("/api/v1/tickets/{id}/merge", alias)
                    .then()
                    .statusCode(200);
        }

        for (String known : List.of(stays, goes)) {
            customer()
                    .get("/api/v1/portal/tickets/{id}", known)
                    .then()
                    .statusCode(200)
                    .body("id", equalTo(stays))
                    .body("number", equalTo(number));
            // Two pages, and nothing of what the other customer wrote.
            String next = customer()
                    .get("/api/v1/portal/tickets/{id}/messages?limit=2", known)
                    .then()
                    .statusCode(200)
                    .body("items.bodyText", contains("It fell.", "It fell."))
                    .extract()
                    .path("next");
            customer()
                    .get("/api/v1/portal/tickets/{id}/messages?limit=2&after={next}", known, next)
                    .then()
                    .statusCode(200)
                    .body("items.bodyText", contains("Said before the merge."));
        }
        for (int told : List.of(oldNumber, number)) {
            customer()
                    .get("/api/v1/portal/tickets?number={number}", told)
                    .then()
                    .statusCode(200)
                    .body("items.id", contains(stays));
        }
        customer()
                .body(Map.of("bodyText", "Said to the old one."))
                .post("/api/v1/portal/tickets/{id}/messages", goes)
                .then()
                .statusCode(201)
                .body("ticketId", equalTo(stays));
        customer().get("/api/v1/portal/tickets").then().body("items.id", contains(stays));
        customer().get("/api/v1/portal/tickets?number=1").then().statusCode(200).body("items", hasSize(0));
        customer().get("/api/v1/portal/tickets?number=0").then().statusCode(400);
        World.customer("stranger-" + address)
                .get("/api/v1/portal/tickets?number={number}", number)
                .then()
                .body("items", hasSize(0));
        World.customer("stranger-" + address)
                .get("/api/v1/portal/tickets/{id}", goes)
                .then()
                .statusCode(404);
    }

    @Test
    @Proves({"T-3", "T-8"})
    void shouldOpenAgainWhatTheCustomerAnswersAndTellHimHowItStands() {
        String id = ask();
        agent().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "A new one is coming.", "solve", true))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(201);
        customer().get("/api/v1/portal/tickets/{id}", id).then().body("state", equalTo("SOLVED"));

        customer()
                .body(Map.of("bodyText", "It has not come."))
                .post("/api/v1/portal/tickets/{id}/messages", id)
                .then()
                .statusCode(201)
                .body("ticketId", equalTo(id))
                .body("fromCustomer", equalTo(true));

        customer().get("/api/v1/portal/tickets/{id}", id).then().body("state", equalTo("OPEN"));
        World.patch(agent(), id, Map.of("stageId", World.stageOf(department, "PENDING")))
                .statusCode(200);
        customer().get("/api/v1/portal/tickets/{id}", id).then().body("state", equalTo("AWAITING_YOU"));
        agent().body(Map.of("as", "CLOSED"))
                .post("/api/v1/tickets/{id}/closure", id)
                .then()
                .statusCode(200);
        String followUp = customer()
                .body(Map.of("bodyText", "Still nothing."))
                .post("/api/v1/portal/tickets/{id}/messages", id)
                .then()
                .statusCode(201)
                .extract()
                .path("ticketId");
        customer()
                .get("/api/v1/portal/tickets/{id}", followUp)
                .then()
                .body("followUpOf", equalTo(id))
                .body("subject", equalTo("A lamp is broken"));
    }

    @Test
    @Proves("G-4")
    void shouldShowNobodyElsesTickets() {
        String id = ask();
        String byMail = World.openTicket(agent(), department, address);
        String others = World.openTicket(agent(), department, "other-" + address);

        customer()
                .get("/api/v1/portal/tickets")
                .then()
                .statusCode(200)
                .body("items.id", contains(byMail, id))
                .body("items.id", not(hasItem(others)));
        String next = customer()
                .get("/api/v1/portal/tickets?limit=1")
                .then()
                .body("items.id", contains(byMail))
                .extract()
                .path("next");
        customer()
                .get("/api/v1/portal/tickets?limit=1&after=" + next)
                .then()
                .body("items.id", contains(id))
                .body("next", nullValue());
        RequestSpecification stranger = World.customer("stranger-" + address);
        stranger.get("/api/v1/portal/tickets").then().statusCode(200).body("items", hasSize(0));
        for (String path : List.of("", "/messages")) {
            World.customer("stranger-" + address)
                    .get("/api/v1/portal/tickets/" + id + path)
                    .then()
                    .statusCode(404);
            customer().get("/api/v1/portal/tickets/" + others + path).then().statusCode(404);
            customer()
                    .get("/api/v1/portal/tickets/" + UUID.randomUUID() + path)
                    .then()
                    .statusCode(404);
            RestAssured.given()
                    .get("/api/v1/portal/tickets/" + id + path)
                    .then()
                    .statusCode(401);
            agent().get("/api/v1/portal/tickets/" + id + path).then().statusCode(403);
        }
        World.customer("stranger-" + address)
                .body(Map.of("bodyText", "x"))
                .post("/api/v1/portal/tickets/{id}/messages", id)
                .then()
                .statusCode(404);
        for (String path : List.of("tickets", "departments")) {
            RestAssured.given().get("/api/v1/portal/" + path).then().statusCode(401);
            agent().get("/api/v1/portal/" + path).then().statusCode(403);
        }
        customer().get("/api/v1/tickets/{id}", id).then().statusCode(403);
    }

    @Test
    @Proves("G-4")
    void shouldTrustVerifiedAddressesAlone() {
        String id = ask();
        RequestSpecification unverified = World.as(org.stonechat.testing.Tokens.of("pretender")
                .role("customer")
                .email(address)
                .emailVerified(false));
        for (String path : List.of("departments", "tickets", "tickets/" + id, "tickets/" + id + "/messages")) {
            unverified.get("/api/v1/portal/" + path).then().statusCode(403).body("code", equalTo("address-unverified"));
        }
    }

    @Test
    void shouldRefuseWhatDoesNotFit() {
        String id = ask();
        customer()
                .body(Map.of("departmentId", department, "subject", " ", "bodyText", "x"))
                .post("/api/v1/portal/tickets")
                .then()
                .statusCode(400);
        customer()
                .body(Map.of("departmentId", UUID.randomUUID(), "subject", "x", "bodyText", "x"))
                .post("/api/v1/portal/tickets")
                .then()
                .statusCode(422)
                .body("code", equalTo("department-unknown"));
        customer()
                .body(Map.of(
                        "departmentId", World.newDepartment(Map.of("active", false)), "subject", "x", "bodyText", "x"))
                .post("/api/v1/portal/tickets")
                .then()
                .statusCode(409)
                .body("code", equalTo("department-inactive"));
        customer()
                .body(Map.of("bodyText", "a\u0000b"))
                .post("/api/v1/portal/tickets/{id}/messages", id)
                .then()
                .statusCode(400);
        customer()
                .body(Map.of("bodyText", "x", "kind", "COMMENT"))
                .post("/api/v1/portal/tickets/{id}/messages", id)
                .then()
                .statusCode(400)
                .body("code", equalTo("field-unknown"));
    }
}
