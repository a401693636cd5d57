package org.stonechat.ticket.ticket;

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
import io.restassured.http.ContentType;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@WithRealParts
class CreationIT {

    @BeforeEach
    void setUp() {
        World.setUp();
    }

    private static Map<String, Object> body(Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>();
        body.put("departmentId", World.NORTHWIND);
        body.put("contact", Map.of("name", "Carl Customer"));
        body.put("subject", "A lamp is broken");
        body.putAll(more);
        return body;
    }

    private static String create(Map<String, Object> more) {
        return World.alice()
                .body(body(more))
                .post("/api/v1/tickets")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    @Test
    @Proves("T-2")
    void shouldTakeAPhoneNote() {
        String id = create(Map.of(
                "channel", "PHONE", "message", Map.of("kind", "COMMENT", "bodyText", "He rang up, and was friendly.")));

        World.alice()
                .get("/api/v1/tickets/{id}", id)
                .then()
                .body("channel", equalTo("PHONE"))
                .body("requester.name", equalTo("Carl Customer"))
                .body("requester.address", nullValue())
                .body("assigneeId", equalTo(World.person(1).toString()));
        World.alice().get("/api/v1/tickets/{id}/history", id).then().body("items[0].details.how", equalTo("PHONE"));
        World.alice().get("/api/v1/tickets/{id}/messages", id).then().body("items.kind", equalTo(List.of("COMMENT")));
    }

    @Test
    @Proves("T-2")
    void shouldTakeAScannedLetter() {
        String id = create(Map.of("channel", "LETTER", "unassigned", true));

        World.alice()
                .contentType(ContentType.MULTIPART)
                .multiPart("file", "letter.pdf", "%PDF-1.7 a letter".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .post("/api/v1/tickets/{id}/attachments", id)
                .then()
                .statusCode(201);

        World.alice()
                .get("/api/v1/tickets/{id}", id)
                .then()
                .body("channel", equalTo("LETTER"))
                .body("assigneeId", nullValue());
        World.alice()
                .get("/api/v1/tickets/{id}/attachments", id)
                .then()
                .body("items.contentType", equalTo(List.of("application/pdf")));
        World.alice().get("/api/v1/tickets/{id}/history", id).then().body("items[0].details.how", equalTo("LETTER"));
    }

    @Test
    @Proves("T-2")
    void shouldStartEmptyAndBelongToItsMakerUnlessSetOtherwise() {
        String id = create(Map.of());
        World.alice().get("/api/v1/tickets/{id}/messages", id).then().body("items", equalTo(List.of()));
        World.alice()
                .get("/api/v1/tickets/{id}", id)
                .then()
                .body("assigneeId", equalTo(World.person(1).toString()))
                .body("category", equalTo("Other"));
        World.alice()
                .get("/api/v1/tickets/{id}", create(Map.of("teamId", World.REVIEW_DESK)))
                .then()
                .body("assigneeId", nullValue())
                .body("teamId", equalTo(World.REVIEW_DESK.toString()));
    }

    @Test
    void shouldRefuseDueDatesBeyondAnyCalendar() {
        String id = create(Map.of());
        for (String never : List.of("+1000000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z", "2026-02-30T00:00:00Z")) {
            World.alice()
                    .body(body(Map.of("dueAt", never)))
                    .post("/api/v1/tickets")
                    .then()
                    .statusCode(400);
            World.patch(World.alice(), id, Map.of("dueAt", never)).statusCode(400);
        }
    }

    @Test
    @Proves("T-5")
    void shouldLeaveMyListWhenItIsHandedOver() {
        String id = create(Map.of());
        World.alice().get("/api/v1/tickets?view=my-open&limit=200").then().body("items.id", hasItem(id));

        World.alice()
                .body(Map.of("teamId", World.SHOP_SUPPORT))
                .put("/api/v1/tickets/{id}/assignment", id)
                .then()
                .statusCode(200)
                .body("teamId", equalTo(World.SHOP_SUPPORT.toString()))
                .body("assigneeId", nullValue());

        World.alice()
                .get("/api/v1/tickets?view=my-open&limit=200")
                .then()
                .body("items.id", org.hamcrest.Matchers.not(hasItem(id)));
        World.alice().get("/api/v1/tickets?view=unassigned&limit=200").then().body("items.id", hasItem(id));
    }

    @Test
    @Proves("T-2")
    void shouldOpenOncePerExternalId() {
        String externalId = UUID.randomUUID().toString();
        String id = create(Map.of("externalId", externalId));

        World.alice()
                .body(body(Map.of("externalId", externalId, "subject", "Told differently")))
                .post("/api/v1/tickets")
                .then()
                .statusCode(200)
                .body("id", equalTo(id))
                .body("subject", equalTo("A lamp is broken"));
        // Another client's ids are its own.
        World.lena()
                .body(body(Map.of("externalId", externalId)))
                .post("/api/v1/tickets")
                .then()
                .statusCode(201);
    }

    @Test
    @Proves({"T-5", "G-4"})
    void shouldShowItsTicketsToATeamWhereverTheyLie() {
        UUID team = UUID.randomUUID();
        World.ada()
                .body(Map.of(
                        "name",
                        "Everywhere",
                        "slug",
                        "everywhere-" + team.toString().substring(0, 8),
                        "departmentIds",
                        List.of(World.NORTHWIND, World.LINDEN),
                        "visibility",
                        "INVITED_INTERNAL",
                        "memberIds",
                        List.of(World.person(2))))
                .put("/api/v1/teams/{id}", team)
                .then()
                .statusCode(201);
        String id = World.openTicket(World.lena(), World.NORTHWIND, "team@customers.example");
        World.bob().get("/api/v1/tickets/{id}", id).then().statusCode(404);

        World.lena()
                .body(Map.of("teamId", team))
                .put("/api/v1/tickets/{id}/assignment", id)
                .then()
                .statusCode(200);

        World.bob().get("/api/v1/tickets/{id}", id).then().statusCode(200);
        World.bob().get("/api/v1/tickets?view=all-open&limit=200").then().body("items.id", hasItem(id));
        World.alice().get("/api/v1/tickets/{id}", id).then().statusCode(404);
        World.lena().get("/api/v1/tickets/{id}", id).then().statusCode(200);
    }
}
