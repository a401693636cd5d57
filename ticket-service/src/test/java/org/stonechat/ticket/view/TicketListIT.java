package org.stonechat.ticket.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;
import org.stonechat.ticket.World;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.stonechat.ticket.World.NORTHWIND;
import static org.stonechat.ticket.World.ada;
import static org.stonechat.ticket.World.alice;
import static org.stonechat.ticket.World.lena;
import static org.stonechat.ticket.World.openTicket;

@QuarkusTest
@WithRealParts
class TicketListIT {

    private final UUID department = UUID.randomUUID();

    @BeforeEach
    void setUp() {
        World.setUp();
        World.department(
                department,
                Map.of(
                        "name", "Lists",
                        "slug", "lists-" + department.toString().substring(0, 8),
                        "preset", "OPEN"));
    }

    /// Somebody new for every test: what is assigned to a person is on his lists wherever it lies.
    private Tokens lister() {
        return Tokens.of("lister-" + department);
    }

    private RequestSpecification agent() {
        return World.as(lister().role("agent").department(department));
    }

    private void patch(String id, Map<String, Object> changes) {
        World.patch(agent(), id, changes).statusCode(200);
    }

    private List<String> list(String view) {
        return agent().get("/api/v1/tickets?limit=200&view=" + view)
                .then()
                .statusCode(200)
                .extract()
                .path("items.id");
    }

    @Test
    @Proves("T-12")
    void shouldPutUrgentAndEscalatedOnTopAndThenTheLongestWaiting() {
        String first = openTicket(agent(), department, "first@customers.example");
        String second = openTicket(agent(), department, "second@customers.example");
        String urgent = openTicket(agent(), department, "urgent@customers.example");
        String escalated = openTicket(agent(), department, "escalated@customers.example");
        patch(urgent, Map.of("priority", "URGENT"));
        patch(escalated, Map.of("escalated", true));

        assertThat(list("all-open")).containsExactly(urgent, escalated, first, second);
        assertThat(list("escalated")).containsExactly(escalated);
        assertThat(list("unassigned")).containsExactly(urgent, escalated, first, second);

        agent().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "Soon.", "solve", false))
                .post("/api/v1/tickets/{id}/messages", first)
                .then()
                .statusCode(201);
        assertThat(list("all-open")).containsExactly(urgent, escalated, second, first);
    }

    @Test
    @Proves("T-12")
    void shouldShowEachViewWhatBelongsToIt() {
        String mine = openTicket(agent(), department, "mine@customers.example");
        String overdue = openTicket(agent(), department, "overdue@customers.example");
        String closed = openTicket(agent(), department, "closed@customers.example");
        UUID me = lister().id();
        agent().body(Map.of("agentId", me))
                .put("/api/v1/tickets/{id}/assignment", mine)
                .then()
                .statusCode(200);
        patch(overdue, Map.of("dueAt", "2020-01-01T00:00:00Z"));
        agent().body(Map.of("as", "CLOSED"))
                .post("/api/v1/tickets/{id}/closure", closed)
                .then()
                .statusCode(200);

        assertThat(list("my-open")).containsExactly(mine);
        assertThat(list("my")).containsExactly(mine);
        assertThat(list("my-on-hold")).isEmpty();
        assertThat(list("overdue")).containsExactly(overdue);
        assertThat(list("recently-closed")).containsExactly(closed);
        assertThat(list("unassigned")).containsExactly(overdue);
        assertThat(list("all-open")).containsExactlyInAnyOrder(mine, overdue);
        assertThat(list("all")).containsExactlyInAnyOrder(mine, overdue, closed);

        patch(mine, Map.of("stageId", World.stageOf(department, "ON_HOLD")));
        assertThat(list("my-on-hold")).containsExactly(mine);
        agent().get("/api/v1/tickets?view=nonsense").then().statusCode(400);
        agent().get("/api/v1/views").then().statusCode(200).body("items.code", hasItem("my-open"));
    }

    @Test
    void shouldPageWithoutLosingOrRepeating() {
        List<String> opened = new ArrayList<>();
        for (int number = 0; number < 7; number++) {
            opened.add(openTicket(agent(), department, "page" + number + "@customers.example"));
        }
        // Tickets that nobody waits for have no waiting time, and still a place in the order.
        for (int number = 0; number < 3; number++) {
            opened.add(agent().body(Map.of(
                            "departmentId",
                            department,
                            "contact",
                            Map.of("name", "Nobody waits"),
                            "subject",
                            "No message",
                            "unassigned",
                            true))
                    .post("/api/v1/tickets")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id"));
        }

        for (RequestSpecification who : List.of(agent(), ada())) {
            assertThat(pages(who, "all-open", 3)).containsExactlyElementsOf(opened);
        }
        for (String id : opened) {
            agent().body(Map.of("as", "SOLVED"))
                    .post("/api/v1/tickets/{id}/closure", id)
                    .then()
                    .statusCode(200);
        }
        assertThat(pages(agent(), "recently-closed", 4)).containsExactlyElementsOf(opened.reversed());
    }

    private List<String> pages(RequestSpecification who, String view, int limit) {
        List<String> seen = new ArrayList<>();
        String after = null;
        do {
            RequestSpecification request = io.restassured.RestAssured.given()
                    .spec(who)
                    .queryParam("view", view)
                    .queryParam("department", department)
                    .queryParam("limit", limit);
            if (after != null) {
                request.queryParam("after", after);
            }
            var page = request.get("/api/v1/tickets").then().statusCode(200).extract();
            seen.addAll(page.path("items.id"));
            after = page.path("next");
        } while (after != null);
        return seen;
    }

    @Test
    @Proves("G-4")
    void shouldHideTheTicketsOfAClosedTeamFromAgentsWhoAreNotInIt() {
        UUID team = UUID.randomUUID();
        World.team(team, "Secret", "secret-" + team.toString().substring(0, 8), NORTHWIND, "INVITED_INTERNAL");
        String id = openTicket(lena(), NORTHWIND, "secret@customers.example");
        lena().body(Map.of("teamId", team))
                .put("/api/v1/tickets/{id}/assignment", id)
                .then()
                .statusCode(200);

        alice().get("/api/v1/tickets/{id}", id).then().statusCode(404);
        alice().get("/api/v1/tickets?view=all-open&limit=200").then().body("items.id", not(hasItem(id)));
        lena().get("/api/v1/tickets/{id}", id).then().statusCode(200).body("teamId", equalTo(team.toString()));
        lena().get("/api/v1/tickets?view=all-open&limit=200").then().body("items.id", hasItem(id));
    }
}
