package org.stonechat.ticket.ticket;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.stonechat.ticket.World.LINDEN;
import static org.stonechat.ticket.World.NORTHWIND;
import static org.stonechat.ticket.World.alice;
import static org.stonechat.ticket.World.bob;
import static org.stonechat.ticket.World.carl;
import static org.stonechat.ticket.World.integration;
import static org.stonechat.ticket.World.lena;
import static org.stonechat.ticket.World.max;
import static org.stonechat.ticket.World.openTicket;
import static org.stonechat.ticket.World.person;
import static org.stonechat.ticket.World.stageOf;

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

@QuarkusTest
@WithRealParts
class TicketIT {

    private static final String MERGE_PATCH = "application/merge-patch+json";

    @BeforeEach
    void setUp() {
        World.setUp();
    }

    @Test
    @Proves({"T-1", "T-2"})
    void shouldOpenATicketByHandThatBelongsToItsMaker() {
        String id =
                alice().body(
                                Map.of(
                                        "departmentId", NORTHWIND,
                                        "contact", Map.of("name", "Carl", "address", "Carl.Upper@Customers.example"),
                                        "subject", "A lamp is broken"))
                        .post("/api/v1/tickets")
                        .then()
                        .statusCode(201)
                        .header("ETag", "\"1\"")
                        .header("Location", notNullValue())
                        .body("number", greaterThan(10000))
                        .body("assigneeId", equalTo(person(1).toString()))
                        .body("assigneeName", equalTo("Alice"))
                        .body("category", equalTo("Other"))
                        .body("stage.category", equalTo("NEW"))
                        .body("requester.address", equalTo("carl.upper@customers.example"))
                        .body("waitingSince", nullValue())
                        .extract()
                        .path("id");
        alice().get("/api/v1/tickets/{id}", id)
                .then()
                .statusCode(200)
                .header("ETag", "\"1\"")
                .body("subject", equalTo("A lamp is broken"))
                .body("allowedStages", hasSize(5));
        try (EventCollector tickets = EventCollector.on("tickets");
                EventCollector contacts = EventCollector.on("contacts")) {
            EventCollector.Published created = tickets.awaitType("TicketCreated", UUID.fromString(id));
            Contracts.assertMatches("tickets", "TicketCreated", created.data(), created.personal());
            UUID contact = UUID.fromString(created.data().path("contactId").asText());
            EventCollector.Published changed = contacts.awaitType("ContactChanged", contact);
            Contracts.assertMatches("contacts", "ContactChanged", changed.data(), changed.personal());
        }
    }
}
