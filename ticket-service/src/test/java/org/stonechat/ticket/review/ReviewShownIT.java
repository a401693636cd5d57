package org.stonechat.ticket.review;

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
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

/// Where else a review shows than on its ticket: when that is sent on, and when it is looked for.
@QuarkusTest
@WithRealParts
class ReviewShownIT {

    private final UUID department = UUID.randomUUID();

    @BeforeEach
    void setUp() {
        World.setUp();
        World.newDepartment(department, Map.of());
    }

    private RequestSpecification agent() {
        return World.as(Tokens.of("reviewer-" + department).role("agent").department(department));
    }

    private String ticketOfAReview(String title) {
        try (RoutedTicket ticket = new RoutedTicket()) {
            return ticket.routeTo(department, routed -> routed.personal().put("title", title));
        }
    }

    private ValidatableResponse forward(String ticket, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(
                Map.of("to", List.of(Map.of("address", "carrier@partner.example")), "subject", "Look at this"));
        body.putAll(more);
        return agent().body(body)
                .post("/api/v1/tickets/{id}/forwards", ticket)
                .then()
                .statusCode(201);
    }

    @Test
    @Proves("T-8")
    void shouldSendTheReviewAlongOnlyWhenItIsChosen() {
        String ticket = ticketOfAReview("Drei Wochen gewartet");
        String words = "niemand hat geantwortet";

        forward(ticket, Map.of("bodyText", "Is it true?", "includeReview", true))
                .body("subject", equalTo("Look at this"))
                .body(
                        "bodyText",
                        allOf(
                                containsString("Is it true?"),
                                containsString("\u2605\u2605 (2)"),
                                containsString("Petra M."),
                                containsString("NW-2026-00871"),
                                containsString(words)));
        forward(ticket, Map.of()).body("bodyText", not(containsString(words)));
        try (EventCollector tickets = EventCollector.on("tickets")) {
            EventCollector.Published forwarded = tickets.awaitType("TicketForwarded", UUID.fromString(ticket));
            Contracts.assertMatches("tickets", "TicketForwarded", forwarded.data(), forwarded.personal());
            assertThat(forwarded.data().path("included").toString()).isEqualTo("[\"DETAILS\",\"REVIEW\"]");
        }
    }

    @Test
    @Proves("T-13")
    void shouldFindATicketByTheTitleTextAndAuthorOfItsReview() {
        String title = "Zebrafish " + department.toString().substring(0, 8);
        String ticket = ticketOfAReview(title);

        for (String words : List.of("Zebrafish", "zebrafish Petra", "zebrafish Lieferung dauerte")) {
            agent().queryParam("q", words)
                    .get("/api/v1/search")
                    .then()
                    .statusCode(200)
                    .body("items.ticket.id", equalTo(List.of(ticket)));
        }
        agent().queryParam("q", "zebrafish")
                .queryParam("stars", 2)
                .get("/api/v1/search")
                .then()
                .body("items.ticket.id", equalTo(List.of(ticket)));
        agent().queryParam("q", "zebrafish")
                .queryParam("stars", 5)
                .get("/api/v1/search")
                .then()
                .body("items.ticket.id", equalTo(List.of()));
    }
}
