package org.stonechat.ticket.reply;

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

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.stonechat.ticket.World.LINDEN;
import static org.stonechat.ticket.World.NORTHWIND;
import static org.stonechat.ticket.World.alice;
import static org.stonechat.ticket.World.bob;
import static org.stonechat.ticket.World.max;
import static org.stonechat.ticket.World.openTicket;

@QuarkusTest
@WithRealParts
class ReplyIT {

    @BeforeEach
    void setUp() {
        World.setUp();
    }

    @Test
    @Proves({"T-1", "T-8"})
    void shouldReplyByMailAndEndTheWaiting() {
        String id = openTicket(alice(), NORTHWIND, "reply@customers.example");

        String message = alice().body(Map.of(
                        "kind", "PUBLIC_REPLY",
                        "bodyHtml", "<p>Hello <b>Carl</b></p><script>alert(1)</script>"))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(201)
                .body("deliverVia", equalTo("MAIL"))
                .body("delivery", equalTo("QUEUED"))
                .body("bodyText", equalTo("Hello Carl"))
                .body("bodyHtml", equalTo("<p>Hello <b>Carl</b></p>"))
                .body("to[0].address", equalTo("reply@customers.example"))
                .extract()
                .path("id");

        alice().get("/api/v1/tickets/{id}", id)
                .then()
                .body("waitingSince", nullValue())
                .body("stage.category", equalTo("OPEN"));
        try (EventCollector tickets = EventCollector.on("tickets")) {
            EventCollector.Published added = tickets.awaitType("MessageAdded", UUID.fromString(id));
            Contracts.assertMatches("tickets", "MessageAdded", added.data(), added.personal());
            org.assertj.core.api.Assertions.assertThat(
                            added.data().path("messageId").asText())
                    .isEqualTo(message);
        }
    }

    @Test
    @Proves("T-4")
    void shouldSolveWithTheReplyWhereOneTouchIsOn() {
        String id = openTicket(max(), LINDEN, "onetouch@customers.example");
        String unanswered = openTicket(max(), LINDEN, "unanswered@customers.example");
        // On top of the list, however many tickets other tests left open.
        World.patch(max(), unanswered, Map.of("priority", "URGENT")).statusCode(200);

        bob().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "It is on its way."))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(201)
                .body("solve", equalTo(true));

        bob().get("/api/v1/tickets/{id}", id).then().body("stage.category", equalTo("SOLVED"));
        bob().get("/api/v1/tickets/{id}/history", id)
                .then()
                .body("items.find { it.type == 'StageChanged' }.details.oneTouch", equalTo(true))
                .body("items.find { it.type == 'StageChanged' }.details.why", equalTo("REPLY"));
        // What still needs an answer is on the open list, and nothing else.
        bob().get("/api/v1/tickets?view=all-open&limit=200")
                .then()
                .body("items.id", not(hasItem(id)))
                .body("items.id", hasItem(unanswered));
    }

    @Test
    @Proves("T-4")
    void shouldNotSolveWhenTheAgentSaysSo() {
        String id = openTicket(max(), LINDEN, "notouch@customers.example");

        bob().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "Which parcel?", "solve", false))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(201);

        bob().get("/api/v1/tickets/{id}", id).then().body("stage.category", equalTo("OPEN"));
    }

    @Test
    @Proves("T-8")
    void shouldKeepCommentsInside() {
        String id = openTicket(alice(), NORTHWIND, "comment@customers.example");

        alice().body(Map.of("kind", "COMMENT", "bodyText", "Ask the carrier."))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(201)
                .body("deliverVia", nullValue())
                .body("delivery", equalTo("NONE"));

        alice().get("/api/v1/tickets/{id}", id)
                .then()
                .body("waitingSince", notNullValue())
                .body("stage.category", equalTo("NEW"));
        alice().get("/api/v1/tickets/{id}/messages", id).then().body("items", hasSize(2));
    }

    @Test
    void shouldRefuseWhatIsEmptyOrAboutNothing() {
        String id = openTicket(alice(), NORTHWIND, "empty@customers.example");

        alice().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "  "))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(422)
                .body("code", equalTo("body-empty"));
        alice().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "x", "basedOnMessageId", UUID.randomUUID()))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(422)
                .body("code", equalTo("message-unknown"));
        alice().body(Map.of("as", "CLOSED"))
                .post("/api/v1/tickets/{id}/closure", id)
                .then()
                .statusCode(200);
        alice().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "x"))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(409)
                .body("code", equalTo("ticket-closed"));
    }

    @Test
    @Proves("T-8")
    void shouldWriteOncePerIdempotencyKey() {
        String id = openTicket(alice(), NORTHWIND, "twice@customers.example");
        String key = UUID.randomUUID().toString();
        Map<String, Object> body = Map.of("kind", "PUBLIC_REPLY", "bodyText", "Once only.");

        for (int attempt = 0; attempt < 2; attempt++) {
            alice().header("Idempotency-Key", key)
                    .body(body)
                    .post("/api/v1/tickets/{id}/messages", id)
                    .then()
                    .statusCode(201);
        }

        alice().get("/api/v1/tickets/{id}/messages", id).then().body("items", hasSize(2));
    }
}
