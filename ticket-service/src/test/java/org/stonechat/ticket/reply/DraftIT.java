package org.stonechat.ticket.reply;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.ticket.World;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import static org.hamcrest.Matchers.equalTo;
import static org.stonechat.ticket.World.NORTHWIND;
import static org.stonechat.ticket.World.alice;
import static org.stonechat.ticket.World.bob;
import static org.stonechat.ticket.World.carl;
import static org.stonechat.ticket.World.lena;
import static org.stonechat.ticket.World.openTicket;

@QuarkusTest
@WithRealParts
class DraftIT {

    private String path;
    private String ticket;

    @BeforeEach
    void setUp() {
        World.setUp();
        ticket = openTicket(alice(), NORTHWIND, "draft@customers.example");
        path = "/api/v1/tickets/" + ticket + "/draft";
    }

    @Test
    @Proves({"T-8", "T-9"})
    void shouldKeepADraftPerAgentAndTicketWithItsVersion() {
        alice().get(path).then().statusCode(404);
        String first = alice().body(Map.of(
                        "kind",
                        "PUBLIC_REPLY",
                        "bodyHtml",
                        "<p>Dear <i>Carl</i><script>1</script></p>",
                        "cc",
                        List.of(Map.of("address", "Wife@customers.example")),
                        "solve",
                        true))
                .put(path)
                .then()
                .statusCode(201)
                .body("bodyText", equalTo("Dear Carl"))
                .body("bodyHtml", equalTo("<p>Dear <i>Carl</i></p>"))
                .extract()
                .header("ETag");

        alice().get(path)
                .then()
                .statusCode(200)
                .header("ETag", first)
                .body("cc[0].address", equalTo("wife@customers.example"))
                .body("solve", equalTo(true));
        lena().get(path).then().statusCode(404);
        alice().body(Map.of("kind", "COMMENT", "bodyText", "Later"))
                .put(path)
                .then()
                .statusCode(428);
        String second = alice().header("If-Match", first)
                .body(Map.of("kind", "COMMENT", "bodyText", "Ask the carrier"))
                .put(path)
                .then()
                .statusCode(200)
                .extract()
                .header("ETag");
        alice().header("If-Match", first)
                .body(Map.of("kind", "COMMENT", "bodyText", "From another window"))
                .put(path)
                .then()
                .statusCode(412);
        alice().header("If-Match", first).delete(path).then().statusCode(412);
        alice().header("If-Match", second).delete(path).then().statusCode(204);
        alice().get(path).then().statusCode(404);
        alice().delete(path).then().statusCode(404);
        // It was thrown away in another window: nothing is made anew in silence.
        alice().header("If-Match", second)
                .body(Map.of("kind", "COMMENT", "bodyText", "x"))
                .put(path)
                .then()
                .statusCode(412);
    }

    @Test
    @Proves("T-8")
    void shouldForgetADraftOnlyWhenAMessageOfItsKindWasSent() {
        alice().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "Dear Carl"))
                .put(path)
                .then()
                .statusCode(201);

        alice().body(Map.of("kind", "COMMENT", "bodyText", "Just a note"))
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .statusCode(201);
        alice().get(path).then().statusCode(200);

        alice().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "Dear Carl"))
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .statusCode(201);
        alice().get(path).then().statusCode(404);
    }

    @Test
    @Proves("G-4")
    void shouldKeepDraftsOnlyForThoseWhoSeeTheTicket() {
        Map<String, Object> body = Map.of("kind", "COMMENT", "bodyText", "x");
        RestAssured.given().get(path).then().statusCode(401);
        carl().get(path).then().statusCode(403);
        bob().get(path).then().statusCode(404);
        bob().body(body).put(path).then().statusCode(404);
        bob().delete(path).then().statusCode(404);
        carl().body(body).put(path).then().statusCode(403);
        alice().body(body)
                .put("/api/v1/tickets/{id}/draft", UUID.randomUUID())
                .then()
                .statusCode(404);
        alice().body(Map.of("kind", "NOTE")).put(path).then().statusCode(400);
        alice().body(Map.of("kind", "COMMENT", "sendAt", "+999999999-12-31T23:59:59Z"))
                .put(path)
                .then()
                .statusCode(400);
    }
}
