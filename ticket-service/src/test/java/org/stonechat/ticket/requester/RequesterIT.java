package org.stonechat.ticket.requester;

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

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

@QuarkusTest
@WithRealParts
class RequesterIT {

    private final String right = "right-" + UUID.randomUUID() + "@customers.example";

    @BeforeEach
    void setUp() {
        World.setUp();
    }

    private static ValidatableResponse change(RequestSpecification who, String id, Map<String, ?> body) {
        return who.body(body).put("/api/v1/tickets/{id}/requester", id).then();
    }

    @Test
    @Proves({"T-1", "T-15"})
    void shouldBelongToTheRightCustomerAfterall() {
        String wrong = "wrong-" + UUID.randomUUID() + "@customers.example";
        String id = World.openTicket(World.alice(), World.NORTHWIND, wrong);

        change(World.alice(), id, Map.of("name", "Carla", "address", right))
                .statusCode(200)
                .body("requester.address", equalTo(right))
                .body("requester.name", equalTo("Carla"));

        World.customer(right).get("/api/v1/portal/tickets").then().body("items.id", hasItem(id));
        World.customer(wrong).get("/api/v1/portal/tickets/{id}", id).then().statusCode(404);
        try (EventCollector tickets = EventCollector.on("tickets")) {
            EventCollector.Published changed = tickets.awaitType("RequesterChanged", UUID.fromString(id));
            Contracts.assertMatches("tickets", "RequesterChanged", changed.data(), changed.personal());
            assertThat(changed.personal().path("requester").path("address").asText())
                    .isEqualTo(right);
        }
        String other = World.openTicket(World.alice(), World.NORTHWIND, wrong);
        String contact =
                World.alice().get("/api/v1/tickets/{id}", id).then().extract().path("requester.id");
        change(World.alice(), other, Map.of("contactId", contact))
                .statusCode(200)
                .body("requester.id", equalTo(contact));
    }

    @Test
    void shouldRefuseWhatIsNoContactOfOnes() {
        String id = World.openTicket(World.alice(), World.NORTHWIND, right);
        String theirs = World.max()
                .get("/api/v1/tickets/{id}", World.openTicket(World.max(), World.LINDEN, "theirs-" + right))
                .then()
                .extract()
                .path("requester.id");

        change(World.alice(), id, Map.of("contactId", theirs)).statusCode(422).body("code", equalTo("contact-unknown"));
        change(World.alice(), id, Map.of("contactId", UUID.randomUUID())).statusCode(422);
        for (Map<String, ?> wrong : List.<Map<String, ?>>of(
                Map.of(), Map.of("address", "nowhere"), Map.of("contactId", theirs, "name", "x"))) {
            change(World.alice(), id, wrong).statusCode(400);
        }
        RestAssured.given()
                .contentType("application/json")
                .body(Map.of("name", "x"))
                .put("/api/v1/tickets/{id}/requester", id)
                .then()
                .statusCode(401);
        change(World.carl(), id, Map.of("name", "x")).statusCode(403);
        change(World.bob(), id, Map.of("name", "x")).statusCode(404);
    }
}
