package org.stonechat.ticket.referral;

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
import io.restassured.specification.RequestSpecification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@WithRealParts
class ReferralIT {

    private static final String MERGE_PATCH = "application/merge-patch+json";

    private final UUID shop = UUID.randomUUID();
    private final UUID brand = UUID.randomUUID();

    @BeforeEach
    void setUp() {
        World.newDepartment(shop, Map.of("readsReferred", true));
        World.newDepartment(brand, Map.of());
    }

    private RequestSpecification shopAgent() {
        return World.as(World.agentOf(shop, "agent"));
    }

    private RequestSpecification brandAgent() {
        return World.as(World.agentOf(brand, "agent"));
    }

    private String open() {
        return World.openTicket(shopAgent(), shop, "referral-" + shop + "@customers.example");
    }

    private static void refer(RequestSpecification who, String id, Object body, int status) {
        who.body(body).post("/api/v1/tickets/{id}/referral", id).then().statusCode(status);
    }

    @Test
    @Proves("T-5")
    void shouldGoToAnotherDepartmentWithItsHistoryAndItsClocks() {
        String id = open();
        shopAgent()
                .body(Map.of("agentId", World.agentOf(shop, "agent").id()))
                .put("/api/v1/tickets/{id}/assignment", id)
                .then()
                .statusCode(200);
        var before = shopAgent()
                .contentType(MERGE_PATCH)
                .header("If-Match", "*")
                .body(Map.of("dueAt", "2031-01-01T00:00:00Z", "stageId", World.stageOf(shop, "PENDING")))
                .patch("/api/v1/tickets/{id}", id)
                .then()
                .statusCode(200)
                .extract();
        UUID team = World.newTeam(brand, "INTERNAL");
        brandAgent().get("/api/v1/tickets/{id}", id).then().statusCode(404);

        refer(shopAgent(), id, Map.of("departmentId", brand, "teamId", team, "comment", "This is yours."), 200);

        brandAgent()
                .get("/api/v1/tickets/{id}", id)
                .then()
                .statusCode(200)
                .body("departmentId", equalTo(brand.toString()))
                .body("teamId", equalTo(team.toString()))
                .body("assigneeId", nullValue())
                .body("queueId", nullValue())
                .body("stage.category", equalTo("PENDING"))
                .body("stage.id", equalTo(World.stageOf(brand, "PENDING")))
                .body("number", equalTo(before.path("number")))
                .body("waitingSince", equalTo(before.path("waitingSince")))
                .body("createdAt", equalTo(before.path("createdAt")))
                .body("dueAt", equalTo("2031-01-01T00:00:00Z"));
        brandAgent()
                .get("/api/v1/tickets/{id}/history", id)
                .then()
                .body("items[0].type", equalTo("TicketCreated"))
                .body("items.type", hasItems("TicketAssigned", "StageChanged", "DueDateChanged", "TicketReferred"))
                .body("items.find { it.type == 'TicketReferred' }.details.fromDepartmentId", equalTo(shop.toString()));
        brandAgent()
                .get("/api/v1/tickets/{id}/messages", id)
                .then()
                .body("items.bodyText", equalTo(List.of("I have been waiting for a week.", "This is yours.")));
        brandAgent().get("/api/v1/tickets?view=all-open&limit=200").then().body("items.id", hasItem(id));
        brandAgent()
                .get("/api/v1/tickets?view=all-open&limit=200")
                .then()
                .body("items.find { it.id == '" + id + "' }.readOnly", equalTo(false));
        shopAgent().get("/api/v1/tickets?view=my-open&limit=200").then().body("items.id", not(hasItem(id)));
        brandAgent()
                .get("/api/v1/contacts?address=referral-" + shop + "@customers.example")
                .then()
                .body("items", hasSize(1));
        try (EventCollector tickets = EventCollector.on("tickets")) {
            for (String type : List.of("TicketReferred", "TicketAssigned")) {
                EventCollector.Published event = tickets.awaitType(type, UUID.fromString(id));
                Contracts.assertMatches("tickets", type, event.data(), event.personal());
            }
            EventCollector.Published referred = tickets.awaitType("TicketReferred", UUID.fromString(id));
            assertThat(referred.data().path("departmentId").asText()).isEqualTo(brand.toString());
            assertThat(referred.data().path("teamId").asText()).isEqualTo(team.toString());
            assertThat(referred.data().path("assigneeId").isNull()).isTrue();
            assertThat(referred.data().path("oldDepartmentMayRead").asBoolean()).isTrue();
        }
    }

    @Test
    @Proves({"T-5", "G-4"})
    void shouldLetTheOldDepartmentReadAndNothingElseWhereThatIsSet() {
        String id = open();
        refer(shopAgent(), id, Map.of("departmentId", brand), 200);

        for (String below : List.of("", "/messages", "/history", "/attachments", "/links")) {
            shopAgent().get("/api/v1/tickets/" + id + below).then().statusCode(200);
        }
        shopAgent()
                .body(Map.of("kind", "COMMENT", "bodyText", "And?"))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(403)
                .body("code", equalTo("right-missing"));
        shopAgent()
                .body(Map.of("as", "SOLVED"))
                .post("/api/v1/tickets/{id}/closure", id)
                .then()
                .statusCode(403);
        World.as(World.agentOf(World.newDepartment(Map.of()), "stranger"))
                .get("/api/v1/tickets/{id}", id)
                .then()
                .statusCode(404);

        // Back again it is theirs, and the other department, which keeps no leave to read, is out.
        refer(brandAgent(), id, Map.of("departmentId", shop), 200);
        brandAgent().get("/api/v1/tickets/{id}", id).then().statusCode(404);
        shopAgent()
                .body(Map.of("kind", "COMMENT", "bodyText", "Thank you."))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(201);
    }

    @Test
    @Proves({"T-5", "T-12", "T-13"})
    void shouldListAndFindForTheOldDepartmentWhatItMayGoOnReading() {
        String word = "zq" + shop.toString().substring(0, 6);
        String id = shopAgent()
                .body(Map.of(
                        "departmentId",
                        shop,
                        "contact",
                        Map.of("address", "referral-" + shop + "@customers.example"),
                        "subject",
                        "About the " + word,
                        "unassigned",
                        true))
                .post("/api/v1/tickets")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String kept = open();
        refer(shopAgent(), id, Map.of("departmentId", brand), 200);

        shopAgent()
                .get("/api/v1/tickets?view=all-open&limit=200")
                .then()
                .body("items.id", containsInAnyOrder(id, kept))
                .body("items.find { it.id == '" + id + "' }.readOnly", equalTo(true))
                .body("items.find { it.id == '" + id + "' }.departmentId", equalTo(brand.toString()))
                .body("items.find { it.id == '" + kept + "' }.readOnly", equalTo(false));
        // It waits for somebody there to take it, not for anybody here.
        shopAgent().get("/api/v1/tickets?view=unassigned&limit=200").then().body("items.id", equalTo(List.of(kept)));
        shopAgent()
                .get("/api/v1/views/counts?view=all-open&view=all&view=unassigned&view=recently-closed")
                .then()
                .body("items.count", equalTo(List.of(2, 2, 1, 0)));
        // Only what lies in a department is asked for by its name.
        shopAgent()
                .get("/api/v1/tickets?view=all-open&limit=200&department=" + shop)
                .then()
                .body("items.id", equalTo(List.of(kept)));
        shopAgent()
                .get("/api/v1/tickets?view=all-open&limit=200&department=" + brand)
                .then()
                .body("items.id", equalTo(List.of(id)));
        shopAgent()
                .queryParam("q", word)
                .get("/api/v1/search")
                .then()
                .body("items.ticket.id", equalTo(List.of(id)))
                .body("items[0].ticket.readOnly", equalTo(true));
        UUID strange = World.newDepartment(Map.of());
        RequestSpecification stranger = World.as(World.agentOf(strange, "stranger"));
        stranger.queryParam("q", word).get("/api/v1/search").then().body("items", hasSize(0));

        brandAgent()
                .body(Map.of("as", "SOLVED"))
                .post("/api/v1/tickets/{id}/closure", id)
                .then()
                .statusCode(200);
        shopAgent().get("/api/v1/tickets?view=all-open&limit=200").then().body("items.id", not(hasItem(id)));
        shopAgent().get("/api/v1/tickets?view=recently-closed").then().body("items.id", equalTo(List.of(id)));
        shopAgent().get("/api/v1/tickets?view=all&limit=200").then().body("items.id", hasItem(id));

        // What is with a closed team there is out of sight, as it is when it is read.
        UUID closed = World.newTeam(brand, "INVITED_INTERNAL");
        World.ada()
                .body(Map.of("teamId", closed))
                .put("/api/v1/tickets/{id}/assignment", id)
                .then()
                .statusCode(200);
        shopAgent().get("/api/v1/tickets/{id}", id).then().statusCode(404);
        shopAgent().get("/api/v1/tickets?view=all&limit=200").then().body("items.id", not(hasItem(id)));
        shopAgent().queryParam("q", word).get("/api/v1/search").then().body("items", hasSize(0));
    }

    @Test
    @Proves({"T-5", "T-12"})
    void shouldListNothingForTheOldDepartmentWhereItMayNotRead() {
        String id = World.openTicket(brandAgent(), brand, "referral-" + shop + "@customers.example");
        refer(brandAgent(), id, Map.of("departmentId", shop), 200);

        brandAgent().get("/api/v1/tickets/{id}", id).then().statusCode(404);
        brandAgent().get("/api/v1/tickets?view=all&limit=200").then().body("items", hasSize(0));
    }

    @Test
    @Proves("T-5")
    void shouldStandAtTheNearestStageOfAnotherPipelineAndSayWhenThatIsAnother() {
        World.ada()
                .body(Map.of(
                        "stages",
                        List.of(
                                Map.of("label", "Open", "category", "OPEN", "initial", true, "reopen", true),
                                Map.of("label", "On hold", "category", "ON_HOLD"),
                                Map.of("label", "Closed", "category", "CLOSED", "close", true))))
                .put("/api/v1/departments/{id}/stages", brand)
                .then()
                .statusCode(200);
        String id = open();

        refer(shopAgent(), id, Map.of("departmentId", brand), 200);

        brandAgent().get("/api/v1/tickets/{id}", id).then().body("stage.label", equalTo("Open"));
        brandAgent()
                .get("/api/v1/tickets/{id}/history", id)
                .then()
                .body("items.find { it.type == 'StageChanged' }.details.why", equalTo("REFERRED"))
                .body("items.find { it.type == 'StageChanged' }.details.from.category", equalTo("NEW"))
                .body("items.find { it.type == 'StageChanged' }.details.to.category", equalTo("OPEN"));
        String pending = open();
        shopAgent()
                .contentType(MERGE_PATCH)
                .header("If-Match", "*")
                .body(Map.of("stageId", World.stageOf(shop, "PENDING")))
                .patch("/api/v1/tickets/{id}", pending)
                .then()
                .statusCode(200);
        refer(shopAgent(), pending, Map.of("departmentId", brand), 200);
        brandAgent().get("/api/v1/tickets/{id}", pending).then().body("stage.label", equalTo("On hold"));
    }

    @Test
    void shouldRefuseWhatCannotBeReferred() {
        String id = open();
        refer(shopAgent(), id, Map.of("departmentId", shop), 409);
        refer(shopAgent(), id, Map.of("departmentId", UUID.randomUUID()), 422);
        refer(shopAgent(), id, Map.of("departmentId", brand, "teamId", World.newTeam(shop, "INTERNAL")), 422);
        refer(shopAgent(), id, Map.of("departmentId", brand, "queueId", UUID.randomUUID()), 422);
        refer(shopAgent(), id, Map.of(), 400);
        refer(shopAgent(), id, Map.of("departmentId", World.newDepartment(Map.of("active", false))), 409);
        shopAgent()
                .header("If-Match", "\"99\"")
                .body(Map.of("departmentId", brand))
                .post("/api/v1/tickets/{id}/referral", id)
                .then()
                .statusCode(412);
        shopAgent()
                .body(Map.of("as", "SOLVED"))
                .post("/api/v1/tickets/{id}/closure", id)
                .then()
                .statusCode(200);
        shopAgent()
                .body(Map.of("departmentId", brand))
                .post("/api/v1/tickets/{id}/referral", id)
                .then()
                .statusCode(409)
                .body("code", equalTo("ticket-closed"));
        RestAssured.given()
                .contentType("application/json")
                .body(Map.of("departmentId", brand))
                .post("/api/v1/tickets/{id}/referral", id)
                .then()
                .statusCode(401);
        refer(World.carl(), id, Map.of("departmentId", brand), 403);
        refer(brandAgent(), id, Map.of("departmentId", brand), 404);
    }
}
