package org.stonechat.ticket.forward;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.ticket.Customer;
import org.stonechat.ticket.World;
import org.stonechat.ticket.agent.Staff;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.stonechat.ticket.World.NORTHWIND;
import static org.stonechat.ticket.World.alice;
import static org.stonechat.ticket.World.bob;
import static org.stonechat.ticket.World.carl;
import static org.stonechat.ticket.World.openTicket;
import static org.stonechat.ticket.World.person;

@QuarkusTest
@WithRealParts
class ForwardIT {

    private final String address = "forward-" + UUID.randomUUID() + "@customers.example";

    @Inject
    Staff staff;

    private String ticket;

    @BeforeEach
    void setUp() {
        World.setUp();
        staff.employ();
        ticket = openTicket(alice(), NORTHWIND, address);
        alice().body(Map.of("kind", "COMMENT", "bodyText", "The carrier lost it."))
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .statusCode(201);
    }

    @Test
    @Proves("T-8")
    void shouldForwardToAddressesPeopleAndRolesWithWhatWasChosen() {
        alice().body(Map.of(
                        "to",
                        List.of(
                                Map.of("address", "Claims@carrier.example", "name", "Claims"),
                                Map.of("userName", "bob"),
                                Map.of("role", "lead")),
                        "subject",
                        "A lost parcel",
                        "bodyHtml",
                        "<p>Please <b>look</b>.</p><script>alert(1)</script>",
                        "includeHistory",
                        true))
                .post("/api/v1/tickets/{id}/forwards", ticket)
                .then()
                .statusCode(201)
                .body("kind", equalTo("FORWARD"))
                .body("deliverVia", equalTo("MAIL"))
                .body("delivery", equalTo("QUEUED"))
                .body("subject", equalTo("A lost parcel"))
                .body("to.name", containsInAnyOrder("Claims", "Bob Agent", "Lena Lead"))
                .body("to.address", containsInAnyOrder("claims@carrier.example", null, null))
                .body(
                        "bodyText",
                        allOf(
                                containsString("Please look."),
                                containsString("Where is my parcel?"),
                                containsString("Northwind Shop"),
                                containsString("I have been waiting for a week."),
                                not(containsString("The carrier lost it."))))
                .body("bodyHtml", allOf(containsString("<b>look</b>"), not(containsString("script"))));

        // It answers nobody and moves nothing.
        alice().get("/api/v1/tickets/{id}", ticket)
                .then()
                .body("stage.category", equalTo("NEW"))
                .body("waitingSince", notNullValue());
        try (EventCollector tickets = EventCollector.on("tickets")) {
            EventCollector.Published forwarded = tickets.awaitType("TicketForwarded", UUID.fromString(ticket));
            Contracts.assertMatches("tickets", "TicketForwarded", forwarded.data(), forwarded.personal());
            assertThat(forwarded.data().path("recipients").asInt()).isEqualTo(3);
            assertThat(forwarded.data().path("included").toString()).isEqualTo("[\"DETAILS\",\"HISTORY\"]");
            assertThat(forwarded.data().path("agentIds").toString())
                    .contains(person(2).toString(), person(3).toString());
            EventCollector.Published added = tickets.await(
                    "the forward",
                    event -> ticket.equals(event.key())
                            && "FORWARD".equals(event.data().path("kind").asText()));
            Contracts.assertMatches("tickets", "MessageAdded", added.data(), added.personal());
            // Whoever sends the mail needs the addresses.
            assertThat(added.personal().at("/recipients/to").findValuesAsText("address"))
                    .contains("bob@staff.stonechat.example", "lena@staff.stonechat.example");
        }
        alice().get("/api/v1/tickets/{id}/history?type=TicketForwarded", ticket)
                .then()
                .body("items", org.hamcrest.Matchers.hasSize(1))
                .body("items[0].details.subject", equalTo("A lost parcel"))
                .body("items[0].details.to.name", containsInAnyOrder("Claims", "Bob Agent", "Lena Lead"));
        // Alice knows Bob of another department by his name, and not his address.
        for (String path : List.of("/messages", "/history", "/draft", "")) {
            assertThat(alice().get("/api/v1/tickets/" + ticket + path).asString())
                    .doesNotContain("bob@staff.stonechat.example");
        }
    }

    @Test
    @Proves("T-8")
    void shouldAlwaysSendTheDetailsAndCommentsOnlyWhenChosen() {
        alice().body(Map.of("to", List.of(Map.of("address", "claims@carrier.example"))))
                .post("/api/v1/tickets/{id}/forwards", ticket)
                .then()
                .statusCode(201)
                .body(
                        "bodyText",
                        allOf(containsString("Where is my parcel?"), not(containsString("waiting for a week"))));
        alice().body(Map.of("to", List.of(Map.of("address", "claims@carrier.example")), "includeComments", true))
                .post("/api/v1/tickets/{id}/forwards", ticket)
                .then()
                .statusCode(201)
                .body("bodyText", allOf(containsString("The carrier lost it."), not(containsString("for a week"))));
    }

    @Test
    @Proves("T-8")
    void shouldKeepTheAnswerToAForwardInside() {
        alice().body(Map.of("to", List.of(Map.of("address", "claims@carrier.example")), "includeComments", true))
                .post("/api/v1/tickets/{id}/forwards", ticket)
                .then()
                .statusCode(201);

        try (Customer carrier = new Customer("claims@carrier.example")) {
            carrier.writes(ticket, NORTHWIND, alice(), "> The carrier lost it. Indeed we did.");
        }

        alice().get("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .body("items.find { it.bodyText == '> The carrier lost it. Indeed we did.' }.kind", equalTo("COMMENT"));
    }

    @Test
    @Proves("T-8")
    void shouldForwardFilesOfTheTicketToo() {
        String file = alice().contentType("multipart/form-data")
                .multiPart("file", "label.txt", "a label".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .post("/api/v1/tickets/{id}/attachments", ticket)
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        alice().body(Map.of("to", List.of(Map.of("address", "claims@carrier.example")), "attachmentIds", List.of(file)))
                .post("/api/v1/tickets/{id}/forwards", ticket)
                .then()
                .statusCode(201)
                .body("attachments.name", contains("label.txt"));

        // The file itself can still go out with a reply.
        alice().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "Here it is.", "attachmentIds", List.of(file)))
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .statusCode(201)
                .body("attachments.id", contains(file));
    }

    @Test
    @Proves("T-8")
    void shouldSendALongHistoryAsAWhole() {
        for (int message = 0; message < 3; message++) {
            alice().body(Map.of("kind", "COMMENT", "bodyText", ("Part " + message + " ").repeat(3000)))
                    .post("/api/v1/tickets/{id}/messages", ticket)
                    .then()
                    .statusCode(201);
        }

        alice().body(Map.of("to", List.of(Map.of("address", "claims@carrier.example")), "includeComments", true))
                .post("/api/v1/tickets/{id}/forwards", ticket)
                .then()
                .statusCode(201);

        try (EventCollector tickets = EventCollector.on("tickets")) {
            EventCollector.Published added = tickets.await(
                    "the forward",
                    event -> ticket.equals(event.key())
                            && "FORWARD".equals(event.data().path("kind").asText()));
            assertThat(added.data().path("bodyBlob").path("size").asInt()).isGreaterThan(60_000);
            assertThat(added.personal().path("bodyText").asText().length()).isLessThanOrEqualTo(32 * 1024);
            Contracts.assertMatches("tickets", "MessageAdded", added.data(), added.personal());
        }
    }

    @Test
    void shouldRefuseWhomItCannotReach() {
        alice().body(Map.of("to", List.of(Map.of("userName", "nobody"))))
                .post("/api/v1/tickets/{id}/forwards", ticket)
                .then()
                .statusCode(422)
                .body("code", equalTo("recipient-unknown"));
        alice().body(Map.of("to", List.of(Map.of("role", "analyst"))))
                .post("/api/v1/tickets/{id}/forwards", ticket)
                .then()
                .statusCode(422)
                .body("code", equalTo("recipient-unknown"));
        for (Object to : List.of(
                List.of(),
                List.of(Map.of()),
                List.of(Map.of("address", "a@b.example", "role", "lead")),
                List.of(Map.of("address", "nowhere")))) {
            alice().body(Map.of("to", to))
                    .post("/api/v1/tickets/{id}/forwards", ticket)
                    .then()
                    .statusCode(400);
        }
        alice().body(Map.of(
                        "to", List.of(Map.of("address", "a@b.example")), "attachmentIds", List.of(UUID.randomUUID())))
                .post("/api/v1/tickets/{id}/forwards", ticket)
                .then()
                .statusCode(422)
                .body("code", equalTo("attachment-unknown"));
    }

    @Test
    @Proves("G-4")
    void shouldForwardOnlyForThoseWhoSeeTheTicket() {
        Map<String, Object> body = Map.of("to", List.of(Map.of("address", "a@b.example")));
        String path = "/api/v1/tickets/" + ticket + "/forwards";
        RestAssured.given()
                .contentType("application/json")
                .body(body)
                .post(path)
                .then()
                .statusCode(401);
        carl().body(body).post(path).then().statusCode(403);
        bob().body(body).post(path).then().statusCode(404);
    }
}
