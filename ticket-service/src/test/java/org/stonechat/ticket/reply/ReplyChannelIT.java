package org.stonechat.ticket.reply;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.ticket.Customer;
import org.stonechat.ticket.World;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

/// Where replies go when nobody says so, and who is in copy.
@QuarkusTest
@WithRealParts
class ReplyChannelIT {

    private final UUID department = UUID.randomUUID();
    private final String address = "channel-" + department + "@customers.example";

    @BeforeEach
    void setUp() {
        World.setUp();
        World.newDepartment(department, Map.of("mailAddress", "d-" + department + "@shop.example"));
    }

    private RequestSpecification agent() {
        return World.as(World.agentOf(department, "agent"));
    }

    /// Replies to what was written last.
    private ValidatableResponse reply(String ticket, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(Map.of("kind", "PUBLIC_REPLY", "bodyText", "Hello", "solve", false));
        body.put(
                "basedOnMessageId",
                agent().get("/api/v1/tickets/{id}/messages?limit=200", ticket)
                        .then()
                        .extract()
                        .path("items[-1].id"));
        body.putAll(more);
        return agent().body(body)
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .statusCode(201);
    }

    private void replyGoesBy(String ticket, String channel) {
        reply(ticket, Map.of()).body("deliverVia", equalTo(channel));
    }

    @Test
    @Proves("T-8")
    void shouldAnswerTheWayTheCustomerWroteLastWhenNobodyPrefersAnother() {
        String ticket = World.openTicket(agent(), department, address);

        replyGoesBy(ticket, "MAIL");
        World.customer(address)
                .body(Map.of("bodyText", "I look here now."))
                .post("/api/v1/portal/tickets/{id}/messages", ticket)
                .then()
                .statusCode(201);
        replyGoesBy(ticket, "PORTAL");
        try (Customer customer = new Customer(address)) {
            customer.writes(ticket, department, agent(), "And by mail again.");
        }
        replyGoesBy(ticket, "MAIL");
    }

    @Test
    @Proves("T-1")
    void shouldShowWhoIsInCopyOfATicketAndAnswerExactlyThem() {
        String ticket = World.openTicket(agent(), department, address);
        agent().get("/api/v1/tickets/{id}", ticket).then().body("cc", empty());
        try (Customer customer = new Customer(address)) {
            customer.writes(
                    ticket,
                    department,
                    agent(),
                    "My neighbour knows more.",
                    "Neighbour@customers.example",
                    "d-" + department + "+t.10001.abcdefghijklmnop@shop.example",
                    address);
        }
        reply(ticket, Map.of("cc", List.of(Map.of("address", "warehouse@partner.example", "name", "Warehouse"))));
        // Whom a mail brings is offered, and gets a copy once somebody takes it over.
        agent().get("/api/v1/tickets/{id}", ticket)
                .then()
                .body("cc.address", equalTo(List.of("warehouse@partner.example")))
                .body("suggestedCopies.address", equalTo(List.of("neighbour@customers.example")));
        reply(ticket, Map.of("cc", List.of(Map.of("address", "neighbour@customers.example"))));

        List<String> copies = List.of("neighbour@customers.example", "warehouse@partner.example");
        agent().get("/api/v1/tickets/{id}", ticket)
                .then()
                .body("cc.address", equalTo(copies))
                .body("cc[1].name", equalTo("Warehouse"))
                .body("suggestedCopies", empty());
        reply(ticket, Map.of("replyAll", true)).body("cc.address", equalTo(copies));
        // Of a ticket that was merged, whoever is in copy of either.
        String survivor = World.openTicket(agent(), department, address);
        agent().body(Map.of("into", survivor))
                .post("/api/v1/tickets/{id}/merge", ticket)
                .then()
                .statusCode(200)
                .body("cc.address", equalTo(copies));
    }
}
