package org.stonechat.ticket.ticket;

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
import io.restassured.specification.RequestSpecification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@WithRealParts
class ClosingIT {

    private final UUID department = UUID.randomUUID();

    @BeforeEach
    void setUp() {
        World.newDepartment(department, Map.of("unassignsOnClose", true));
        World.setUp();
    }

    private Tokens alex() {
        return World.agentOf(department, "alex");
    }

    private RequestSpecification agent() {
        return World.as(alex());
    }

    private String mine() {
        String id = World.openTicket(agent(), department, "closing@customers.example");
        agent().body(Map.of("agentId", alex().id()))
                .put("/api/v1/tickets/{id}/assignment", id)
                .then()
                .statusCode(200);
        return id;
    }

    private void close(String id, Map<String, Object> body) {
        agent().body(body).post("/api/v1/tickets/{id}/closure", id).then().statusCode(200);
    }

    @Test
    @Proves("T-6")
    void shouldLogAndCloseWithoutAnExplanation() {
        String id = mine();

        close(id, Map.of("as", "CLOSED"));

        agent().get("/api/v1/tickets/{id}/history", id)
                .then()
                .body("items.findAll { it.type == 'StageChanged' }.details[-1].to.category", equalTo("CLOSED"))
                .body(
                        "items.findAll { it.type == 'StageChanged' }[-1].actor.id",
                        equalTo(alex().id().toString()));
        agent().get("/api/v1/tickets/{id}/messages", id).then().body("items.kind", not(hasItem("COMMENT")));
    }

    @Test
    @Proves({"T-6", "T-1"})
    void shouldExplainAndCloseWithReasonCommentAndRootCauses() {
        String id = mine();

        close(
                id,
                Map.of(
                        "as", "CLOSED",
                        "reason", "Replaced",
                        "comment", "A new lamp with double packing.",
                        "rootCauses", List.of("Packaging", "Carrier")));

        agent().get("/api/v1/tickets/{id}", id)
                .then()
                .body("stage.category", equalTo("CLOSED"))
                .body("closeReason", equalTo("Replaced"))
                .body("rootCauses", equalTo(List.of("Packaging", "Carrier")));
        agent().get("/api/v1/tickets/{id}/messages", id)
                .then()
                .body("items.find { it.kind == 'COMMENT' }.bodyText", equalTo("A new lamp with double packing."));
        try (EventCollector tickets = EventCollector.on("tickets")) {
            EventCollector.Published changed = tickets.await(
                    "the closing",
                    event -> "StageChanged".equals(event.type())
                            && id.equals(event.subject().toString())
                            && "CLOSED"
                                    .equals(event.data()
                                            .path("to")
                                            .path("category")
                                            .asText()));
            Contracts.assertMatches("tickets", "StageChanged", changed.data(), changed.personal());
            assertThat(changed.data().path("closeReason").asText()).isEqualTo("Replaced");
            assertThat(changed.data().path("rootCauses")).hasSize(2);
            assertThat(changed.personal().path("comment").asText()).isEqualTo("A new lamp with double packing.");
            EventCollector.Published causes = tickets.awaitType("RootCausesChanged", UUID.fromString(id));
            Contracts.assertMatches("tickets", "RootCausesChanged", causes.data(), causes.personal());
        }
    }

    @Test
    @Proves({"T-1", "T-5"})
    void shouldBelongToNobodyOnceClosedAndStillSayWhoResolvedIt() {
        String id = mine();

        close(id, Map.of("as", "SOLVED"));
        agent().get("/api/v1/tickets/{id}", id)
                .then()
                .body("assigneeId", equalTo(alex().id().toString()));
        World.ada()
                .body(Map.of("as", "CLOSED"))
                .post("/api/v1/tickets/{id}/closure", id)
                .then()
                .statusCode(200)
                .body("assigneeId", nullValue())
                .body("resolvedBy", equalTo(alex().id().toString()));

        agent().get("/api/v1/tickets/{id}/history", id)
                .then()
                .body("items[-1].type", equalTo("TicketAssigned"))
                .body("items[-1].details.to.agentId", nullValue());
        agent().get("/api/v1/tickets?view=my&limit=200").then().body("items.id", not(hasItem(id)));
        String kept = World.openTicket(World.alice(), World.NORTHWIND, "closing@customers.example");
        World.alice()
                .body(Map.of("agentId", World.person(1)))
                .put("/api/v1/tickets/{id}/assignment", kept)
                .then()
                .statusCode(200);
        World.alice()
                .body(Map.of("as", "CLOSED"))
                .post("/api/v1/tickets/{id}/closure", kept)
                .then()
                .statusCode(200)
                .body("assigneeId", equalTo(World.person(1).toString()));
    }

    @Test
    @Proves("T-6")
    void shouldNotSolveByAnyWayWhatIsNotReadyToBe() {
        String id = mine();
        World.patch(agent(), id, Map.of("subject", NeedsAnAnswer.SUBJECT)).statusCode(200);

        for (String as : List.of("SOLVED", "CLOSED")) {
            agent().body(Map.of("as", as, "comment", "x"))
                    .post("/api/v1/tickets/{id}/closure", id)
                    .then()
                    .statusCode(400)
                    .body("errors.pointer", hasItem("/fields/serial"));
        }
        World.patch(agent(), id, Map.of("stageId", World.stageOf(department, "SOLVED")))
                .statusCode(400);
        agent().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "Done.", "solve", true))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(400);

        agent().get("/api/v1/tickets/{id}", id).then().body("stage.category", equalTo("OPEN"));
        // Nothing of what was refused has been said.
        agent().get("/api/v1/tickets/{id}/messages", id).then().body("items.kind", equalTo(List.of("CUSTOMER")));
    }

    @Test
    @Proves("T-6")
    void shouldNeedTheRightToCloseWhereSolvingIsClosing() {
        UUID moderated = World.newDepartment(Map.of("preset", "MODERATED", "oneTouch", true));
        World.ada()
                .body(Map.of(
                        "stages",
                        List.of(
                                Map.of("label", "Open", "category", "OPEN", "initial", true, "reopen", true),
                                Map.of("label", "Closed", "category", "CLOSED", "close", true))))
                .put("/api/v1/departments/{id}/stages", moderated)
                .then()
                .statusCode(200);
        RequestSpecification frontline = World.as(World.agentOf(moderated, "frontline"));
        String id = World.openTicket(World.ada(), moderated, "closing@customers.example");

        frontline
                .body(Map.of("as", "SOLVED"))
                .post("/api/v1/tickets/{id}/closure", id)
                .then()
                .statusCode(403)
                .body("code", equalTo("right-missing"));
        World.as(World.agentOf(moderated, "frontline"))
                .body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "Done.", "solve", true))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(403);
        // Without being asked to, a reply solves only what its author may close.
        World.as(World.agentOf(moderated, "frontline"))
                .body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "Soon."))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(201)
                .body("solve", equalTo(false));
        World.ada()
                .body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "Done."))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(201)
                .body("solve", equalTo(true));
        World.ada().get("/api/v1/tickets/{id}", id).then().body("stage.category", equalTo("CLOSED"));
    }
}
