package org.stonechat.ticket.reply;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.EventSender;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.ticket.Customer;
import org.stonechat.ticket.World;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.stonechat.ticket.World.openTicket;

@QuarkusTest
@WithRealParts
class WaitingReplyIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /// Short enough to be waited for, and long enough for the requests that come before it on a busy machine.
    private static final Duration SOON = Duration.ofSeconds(10);

    private final UUID department = UUID.randomUUID();
    private final String address = "waiting-" + department + "@customers.example";

    @BeforeEach
    void setUp() {
        World.department(
                department,
                Map.of(
                        "name",
                        "Careful",
                        "slug",
                        "careful-" + department.toString().substring(0, 8),
                        "preset",
                        "OPEN",
                        "mailAddress",
                        "careful-" + department + "@shop.example"));
    }

    private RequestSpecification agnes() {
        return World.as(Tokens.of("agnes").role("agent").department(department));
    }

    private void undoFor(String duration) {
        World.ada()
                .body(Map.of("undoSendFor", duration))
                .put("/api/v1/departments/{id}/conversation-settings", department)
                .then()
                .statusCode(200)
                .body("undoSendFor", equalTo(duration));
    }

    private String reply(String ticket, Map<String, Object> body) {
        return agnes().body(body)
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .statusCode(201)
                .body("delivery", equalTo("SCHEDULED"))
                .body("sendAt", notNullValue())
                .extract()
                .path("id");
    }

    private void awaitDelivery(String ticket, String message, String delivery) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> agnes().get("/api/v1/tickets/{id}/messages", ticket)
                        .then()
                        .body("items.find { it.id == '" + message + "' }.delivery", equalTo(delivery)));
    }

    @Test
    @Proves("T-8")
    void shouldSendWhenTheTimeForUndoingIsOverAndNotBefore() {
        undoFor(SOON.toString());
        String ticket = openTicket(agnes(), department, address);
        Instant written = Instant.parse(
                agnes().get("/api/v1/tickets/{id}", ticket).then().extract().path("createdAt"));

        String message = reply(ticket, Map.of("kind", "PUBLIC_REPLY", "bodyText", "It is on its way.", "solve", true));

        agnes().get("/api/v1/tickets/{id}", ticket)
                .then()
                .body("stage.category", equalTo("NEW"))
                .body("waitingSince", notNullValue());
        awaitDelivery(ticket, message, "QUEUED");
        agnes().get("/api/v1/tickets/{id}", ticket)
                .then()
                .body("stage.category", equalTo("SOLVED"))
                .body("waitingSince", nullValue());
        try (EventCollector tickets = EventCollector.on("tickets")) {
            EventCollector.Published added = tickets.awaitType("MessageAdded", UUID.fromString(ticket));
            Contracts.assertMatches("tickets", "MessageAdded", added.data(), added.personal());
            assertThat(added.data().path("messageId").asText()).isEqualTo(message);
            assertThat(added.data().path("delivery").asText()).isEqualTo("QUEUED");
            assertThat(Instant.parse(added.data().path("at").asText())).isAfterOrEqualTo(written.plus(SOON));
            EventCollector.Published scheduled = tickets.awaitType("MessageDeliveryChanged", UUID.fromString(ticket));
            Contracts.assertMatches("tickets", "MessageDeliveryChanged", scheduled.data(), scheduled.personal());
            assertThat(scheduled.data().path("to").asText()).isEqualTo("SCHEDULED");
            assertThat(scheduled.data().path("dueAt").asText()).isNotEmpty();
            assertThat(tickets.all().stream()
                            .filter(event -> ticket.equals(event.key()))
                            .filter(event -> "MessageAdded".equals(event.type())))
                    .hasSize(1);
        }
        agnes().get("/api/v1/tickets/{id}/history", ticket)
                .then()
                .body("items.find { it.type == 'MessageAdded' }.actor.kind", equalTo("AGENT"))
                .body("items.find { it.type == 'MessageAdded' }.causes[0].type", equalTo("MessageDeliveryChanged"))
                .body("items.find { it.type == 'StageChanged' }.details.why", equalTo("REPLY"));
    }

    @Test
    @Proves("T-8")
    void shouldTakeBackAReplyInTimeAndMakeItADraftAgain() {
        undoFor("PT10M");
        String ticket = openTicket(agnes(), department, address);
        String message = reply(ticket, Map.of("kind", "PUBLIC_REPLY", "bodyText", "Dear Karl,", "solve", false));

        agnes().post("/api/v1/tickets/{id}/messages/{message}/withdrawal", ticket, message)
                .then()
                .statusCode(200)
                .body("delivery", equalTo("WITHDRAWN"))
                .body("sendAt", nullValue());

        agnes().get("/api/v1/tickets/{id}/draft", ticket)
                .then()
                .statusCode(200)
                .body("bodyText", equalTo("Dear Karl,"))
                .body("solve", equalTo(false))
                .body("returned.reason", equalTo("withdrawn"))
                .body("returned.messageId", equalTo(message));
        agnes().get("/api/v1/tickets/{id}/history", ticket)
                .then()
                .body("items.type", not(hasItem("MessageAdded")))
                .body("items[-1].details.to", equalTo("WITHDRAWN"));
        // Asking twice does no harm.
        agnes().post("/api/v1/tickets/{id}/messages/{message}/withdrawal", ticket, message)
                .then()
                .statusCode(200);
        undoFor("PT0S");
        String sent = agnes().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "Dear Carl,"))
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .statusCode(201)
                .body("delivery", equalTo("QUEUED"))
                .extract()
                .path("id");
        agnes().post("/api/v1/tickets/{id}/messages/{message}/withdrawal", ticket, sent)
                .then()
                .statusCode(409)
                .body("code", equalTo("message-sent"));
        agnes().get("/api/v1/tickets/{id}/draft", ticket).then().statusCode(404);
    }

    @Test
    @Proves({"T-8", "T-9"})
    void shouldHoldAReplyBackWhenTheCustomerWritesFirst() {
        undoFor("PT10M");
        String ticket = openTicket(agnes(), department, address);
        String message = reply(ticket, Map.of("kind", "PUBLIC_REPLY", "bodyText", "It is on its way.", "solve", true));

        try (Customer customer = new Customer(address)) {
            customer.writes(ticket, department, agnes(), "It has just arrived, thank you.");
        }

        agnes().get("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .body("items.find { it.id == '" + message + "' }.delivery", equalTo("HELD_BACK"))
                .body("items.find { it.id == '" + message + "' }.deliveryReason", equalTo("customer-wrote"));
        agnes().get("/api/v1/tickets/{id}/draft", ticket)
                .then()
                .statusCode(200)
                .body("bodyText", equalTo("It is on its way."))
                .body("returned.reason", equalTo("customer-wrote"));
        agnes().get("/api/v1/tickets/{id}", ticket).then().body("stage.category", equalTo("NEW"));
        try (EventCollector tickets = EventCollector.on("tickets")) {
            EventCollector.Published held = tickets.await(
                    "held back",
                    event -> ticket.equals(event.key())
                            && "HELD_BACK".equals(event.data().path("to").asText()));
            Contracts.assertMatches("tickets", "MessageDeliveryChanged", held.data(), held.personal());
        }
    }

    @Test
    @Proves("T-8")
    void shouldSendAtTheTimeItsAuthorChose() {
        String ticket = openTicket(agnes(), department, address);
        Instant opened = Instant.parse(
                agnes().get("/api/v1/tickets/{id}", ticket).then().extract().path("createdAt"));
        Instant later = opened.plus(SOON);

        String message =
                reply(ticket, Map.of("kind", "PUBLIC_REPLY", "bodyText", "Good morning", "sendAt", later.toString()));

        awaitDelivery(ticket, message, "QUEUED");
        String at = agnes().get("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .extract()
                .path("items.find { it.id == '" + message + "' }.at");
        assertThat(Instant.parse(at)).isAfterOrEqualTo(later);
        for (Instant impossible : List.of(opened.minusSeconds(3600), opened.plus(Duration.ofDays(400)))) {
            agnes().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "x", "sendAt", impossible.toString()))
                    .post("/api/v1/tickets/{id}/messages", ticket)
                    .then()
                    .statusCode(422)
                    .body("code", equalTo("send-time-impossible"));
        }
    }

    @Test
    @Proves("T-8")
    void shouldHoldAReplyBackWhenTheTicketWasClosedMeanwhile() {
        undoFor(SOON.toString());
        String ticket = openTicket(agnes(), department, address);
        String message = reply(ticket, Map.of("kind", "PUBLIC_REPLY", "bodyText", "One more thing", "solve", false));
        agnes().body(Map.of("as", "CLOSED"))
                .post("/api/v1/tickets/{id}/closure", ticket)
                .then()
                .statusCode(200);

        awaitDelivery(ticket, message, "HELD_BACK");

        agnes().get("/api/v1/tickets/{id}/draft", ticket).then().body("returned.reason", equalTo("ticket-closed"));
        agnes().get("/api/v1/tickets/{id}", ticket).then().body("stage.category", equalTo("CLOSED"));
    }

    @Test
    @Proves("T-8")
    void shouldShowWhyADeliveryFailedAndTryItAgain() {
        String ticket = openTicket(agnes(), department, address);
        String message = agnes().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "Hello"))
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        agnes().post("/api/v1/tickets/{id}/messages/{message}/retry", ticket, message)
                .then()
                .statusCode(409)
                .body("code", equalTo("delivery-not-failed"));
        try (EventSender sender = EventSender.open()) {
            UUID mail = UUID.randomUUID();
            var failed = Contracts.example("mail", "MailFailed");
            failed.data().put("messageId", message).put("ticketId", ticket);
            sender.send("mail", "MailFailed", mail, 1, failed.data(), failed.personal());
            awaitDelivery(ticket, message, "FAILED");
            agnes().get("/api/v1/tickets/{id}/messages", ticket)
                    .then()
                    .body("items.find { it.id == '" + message + "' }.deliveryReason", notNullValue());

            agnes().post("/api/v1/tickets/{id}/messages/{message}/retry", ticket, message)
                    .then()
                    .statusCode(200)
                    .body("delivery", equalTo("QUEUED"))
                    .body("deliveryReason", nullValue());

            var sent = Contracts.example("mail", "MailSent");
            sent.data().put("messageId", message).put("ticketId", ticket);
            sender.send("mail", "MailSent", mail, 2, sent.data(), sent.personal());
            awaitDelivery(ticket, message, "SENT");
        }
        agnes().get("/api/v1/tickets/{id}/history", ticket)
                .then()
                .body(
                        "items.findAll { it.type == 'MessageDeliveryChanged' }.details.to",
                        equalTo(List.of("FAILED", "QUEUED", "SENT")));
    }

    @Test
    @Proves("G-4")
    void shouldKeepWaitingRepliesFromThoseWhoDoNotSeeTheTicket() {
        undoFor("PT10M");
        String ticket = openTicket(agnes(), department, address);
        String message = reply(ticket, Map.of("kind", "PUBLIC_REPLY", "bodyText", "Hello", "solve", false));
        for (String action : List.of("withdrawal", "retry")) {
            String path = "/api/v1/tickets/" + ticket + "/messages/" + message + "/" + action;
            io.restassured.RestAssured.given().post(path).then().statusCode(401);
            World.carl().post(path).then().statusCode(403);
            World.bob().post(path).then().statusCode(404);
            agnes().post("/api/v1/tickets/" + ticket + "/messages/" + UUID.randomUUID() + "/" + action)
                    .then()
                    .statusCode(404);
        }
        agnes().get("/api/v1/tickets/{id}/messages", ticket).then().body("items", hasSize(2));
        String settings = "/api/v1/departments/" + department + "/conversation-settings";
        io.restassured.RestAssured.given().get(settings).then().statusCode(401);
        World.carl().get(settings).then().statusCode(403);
        World.bob().get(settings).then().statusCode(404);
        World.bob().body(Map.of()).put(settings).then().statusCode(404);
        agnes().body(Map.of("undoSendFor", "PT1S"))
                .put(settings)
                .then()
                .statusCode(403)
                .body("code", equalTo("right-missing"));
        World.ada().body(Map.of("undoSendFor", "PT2H")).put(settings).then().statusCode(400);
        World.ada()
                .header("If-Match", "\"0\"")
                .body(Map.of("undoSendFor", "PT1S"))
                .put(settings)
                .then()
                .statusCode(412);
    }
}
