package org.stonechat.ticket.link;

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
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

@QuarkusTest
@WithRealParts
class LinkIT {

    @BeforeEach
    void setUp() {
        World.setUp();
    }

    private static String open(RequestSpecification who, UUID department) {
        return World.openTicket(who, department, "link@customers.example");
    }

    private static ValidatableResponse link(RequestSpecification who, String id, Object other) {
        return who.body(Map.of("ticketId", other))
                .post("/api/v1/tickets/{id}/links", id)
                .then();
    }

    @Test
    @Proves({"T-1", "T-17"})
    void shouldLinkTicketsOnBothSidesAndUndoIt() {
        String one = open(World.alice(), World.NORTHWIND);
        String other = open(World.alice(), World.NORTHWIND);

        link(World.alice(), one, other)
                .statusCode(200)
                .body("items.ticketId", equalTo(List.of(other)))
                .body("items.how", equalTo(List.of("RELATED")))
                .body("items[0].subject", equalTo("Where is my parcel?"))
                .body("items[0].stageCategory", equalTo("NEW"));
        link(World.alice(), other, one).statusCode(200).body("items", hasSize(1));

        for (String id : List.of(one, other)) {
            World.alice()
                    .get("/api/v1/tickets/{id}/history", id)
                    .then()
                    .body("items.findAll { it.type == 'TicketsLinked' }", hasSize(1))
                    .body(
                            "items.find { it.type == 'TicketsLinked' }.details.otherTicketId",
                            equalTo(id.equals(one) ? other : one));
        }
        World.alice()
                .delete("/api/v1/tickets/{id}/links/{other}", other, one)
                .then()
                .statusCode(204);
        World.alice().get("/api/v1/tickets/{id}/links", one).then().body("items", hasSize(0));
        World.alice().get("/api/v1/tickets/{id}/links", other).then().body("items", hasSize(0));
        World.alice()
                .delete("/api/v1/tickets/{id}/links/{other}", other, one)
                .then()
                .statusCode(404);
        try (EventCollector tickets = EventCollector.on("tickets")) {
            for (String type : List.of("TicketsLinked", "TicketsUnlinked")) {
                for (String id : List.of(one, other)) {
                    EventCollector.Published event = tickets.awaitType(type, UUID.fromString(id));
                    Contracts.assertMatches("tickets", type, event.data(), event.personal());
                }
            }
        }
    }

    @Test
    @Proves("G-4")
    void shouldShowAndTakeOnlyWhatOneSees() {
        String one = open(World.alice(), World.NORTHWIND);
        String hidden = open(World.max(), World.LINDEN);

        link(World.alice(), one, hidden).statusCode(422).body("code", equalTo("ticket-unknown"));
        link(World.alice(), one, UUID.randomUUID()).statusCode(422);
        link(World.alice(), one, one).statusCode(400);
        link(World.alice(), hidden, one).statusCode(404);
        link(World.ada(), one, hidden).statusCode(200).body("items", hasSize(1));
        World.alice().get("/api/v1/tickets/{id}/links", one).then().body("items", hasSize(0));

        String path = "/api/v1/tickets/" + one + "/links";
        RestAssured.given().get(path).then().statusCode(401);
        World.carl().get(path).then().statusCode(403);
        World.bob().get(path).then().statusCode(404);
        link(World.carl(), one, hidden).statusCode(403);
        World.carl().delete(path + "/" + hidden).then().statusCode(403);
        World.bob().delete(path + "/" + hidden).then().statusCode(404);
    }
}
