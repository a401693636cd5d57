package org.stonechat.ticket.view;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.testing.EventSender;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.testing.contract.GoldenExample;
import org.stonechat.ticket.World;
import org.stonechat.ticket.review.RoutedTicket;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.stonechat.ticket.World.LINDEN;
import static org.stonechat.ticket.World.ada;
import static org.stonechat.ticket.World.bob;
import static org.stonechat.ticket.World.carl;
import static org.stonechat.ticket.World.openTicket;
import static org.stonechat.ticket.World.stageOf;
import static org.stonechat.ticket.view.Views.keep;
import static org.stonechat.ticket.view.Views.list;

@QuarkusTest
@WithRealParts
class SavedViewIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final UUID department = UUID.randomUUID();
    private final String mark = department.toString().substring(0, 8);

    @BeforeEach
    void setUp() {
        World.setUp();
        World.department(department, Map.of("name", "Views", "slug", "views-" + mark, "preset", "OPEN"));
    }

    private RequestSpecification agent() {
        return World.as(Tokens.of("viewer-" + department).role("agent").department(department));
    }

    private RequestSpecification colleague() {
        return World.as(Tokens.of("colleague-" + department).role("agent").department(department));
    }

    private RequestSpecification lead() {
        return World.as(Tokens.of("chief-" + department).role("lead").department(department));
    }

    private Map<String, Object> view(String scope, Map<String, Object> definition) {
        Map<String, Object> body =
                new HashMap<>(Map.of("name", "View " + mark, "scope", scope, "definition", definition));
        if (scope.equals("DEPARTMENT")) {
            body.put("departmentId", department);
        }
        return body;
    }

    private ValidatableResponse patch(String id, Map<String, Object> changes) {
        return World.patch(agent(), id, changes).statusCode(200);
    }

    private List<String> pages(String view, int limit) {
        List<String> seen = new ArrayList<>();
        String after = null;
        do {
            RequestSpecification request = agent().queryParam("view", view).queryParam("limit", limit);
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
    @Proves("T-12")
    void shouldKeepViewsForOneselfTheDepartmentAndEveryone() {
        String mine = keep(agent(), view("PRIVATE", Map.of()));
        String ours = keep(lead(), view("DEPARTMENT", Map.of()));
        String everyones = keep(ada(), view("EVERYONE", Map.of()));

        agent().get("/api/v1/views?limit=200")
                .then()
                .statusCode(200)
                .body("items.code", hasItem(mine))
                .body("items.code", hasItem(ours))
                .body("items.code", hasItem(everyones))
                .body("items[0].code", equalTo("my-open"));
        colleague().get("/api/v1/views?limit=200").then().body("items.code", not(hasItem(mine)));
        bob().get("/api/v1/views?limit=200")
                .then()
                .body("items.code", not(hasItem(ours)))
                .body("items.code", hasItem(everyones));

        agent().body(view("DEPARTMENT", Map.of())).post("/api/v1/views").then().statusCode(403);
        lead().body(view("EVERYONE", Map.of())).post("/api/v1/views").then().statusCode(403);
        // Nor does somebody who administers some departments reach the lists of all.
        World.as(Tokens.of("some-admin").role("admin").department(World.NORTHWIND))
                .body(view("EVERYONE", Map.of()))
                .post("/api/v1/views")
                .then()
                .statusCode(403);
        bob().body(view("DEPARTMENT", Map.of())).post("/api/v1/views").then().statusCode(404);
        colleague().get("/api/v1/views/{id}", mine).then().statusCode(404);
        colleague().delete("/api/v1/views/{id}", mine).then().statusCode(404);
        agent().delete("/api/v1/views/{id}", ours).then().statusCode(403);
        bob().get("/api/v1/tickets?view=" + ours).then().statusCode(400);
        carl().body(view("PRIVATE", Map.of())).post("/api/v1/views").then().statusCode(403);
        RestAssured.given().get("/api/v1/views").then().statusCode(401);

        Map<String, Object> renamed = view("PRIVATE", Map.of("sort", "NEWEST"));
        renamed.put("name", "Renamed");
        agent().body(renamed).put("/api/v1/views/{id}", mine).then().statusCode(428);
        agent().header("If-Match", "\"1\"")
                .body(renamed)
                .put("/api/v1/views/{id}", mine)
                .then()
                .statusCode(200)
                .header("ETag", "\"2\"")
                .body("label", equalTo("Renamed"))
                .body("saved.definition.sort", equalTo("NEWEST"));
        agent().header("If-Match", "\"1\"")
                .body(renamed)
                .put("/api/v1/views/{id}", mine)
                .then()
                .statusCode(412);
        agent().delete("/api/v1/views/{id}", mine).then().statusCode(204);
        agent().get("/api/v1/views/{id}", mine).then().statusCode(404);
    }

    @Test
    @Proves({"T-12", "T-20"})
    void shouldStarViewsReadyMadeAndSaved() {
        String mine = keep(agent(), view("PRIVATE", Map.of()));

        agent().put("/api/v1/views/{code}/star", "overdue").then().statusCode(204);
        agent().put("/api/v1/views/{code}/star", mine).then().statusCode(204);
        agent().put("/api/v1/views/{code}/star", mine).then().statusCode(204);
        agent().get("/api/v1/views?limit=200")
                .then()
                .body("items.findAll { it.starred }.code", equalTo(List.of("overdue", mine)));
        colleague().get("/api/v1/views").then().body("items.findAll { it.starred }.size()", equalTo(0));
        agent().delete("/api/v1/views/{code}/star", "overdue").then().statusCode(204);
        agent().get("/api/v1/views?limit=200").then().body("items.findAll { it.starred }.code", equalTo(List.of(mine)));
        agent().put("/api/v1/views/{code}/star", "nonsense").then().statusCode(404);
        colleague().put("/api/v1/views/{code}/star", mine).then().statusCode(404);
    }

    @Test
    @Proves("T-12")
    void shouldFilterSortAndGroupAsTheViewSays() {
        String first = openTicket(agent(), department, "v1@customers.example");
        String second = openTicket(agent(), department, "v2@customers.example");
        String third = openTicket(agent(), department, "v3@customers.example");
        patch(first, Map.of("tags", List.of("vip"), "dueAt", "2031-01-02T00:00:00Z"));
        patch(second, Map.of("priority", "URGENT", "stageId", stageOf(department, "PENDING")));
        patch(third, Map.of("tags", List.of("vip", "late"), "dueAt", "2031-01-01T00:00:00Z"));

        assertThat(list(agent(), keep(agent(), view("PRIVATE", Map.of("filter", Map.of("tags", List.of("vip")))))))
                .containsExactly(first, third);
        assertThat(list(agent(), keep(agent(), view("PRIVATE", Map.of("sort", "DUE")))))
                .containsExactly(third, first, second);
        assertThat(list(agent(), keep(agent(), view("PRIVATE", Map.of("sort", "NEWEST")))))
                .containsExactly(third, second, first);
        String grouped = keep(agent(), view("PRIVATE", Map.of("groupBy", "STAGE")));
        assertThat(list(agent(), grouped)).containsExactly(first, third, second);
        assertThat(pages(grouped, 1)).containsExactly(first, third, second);
        String byPriority = keep(agent(), view("PRIVATE", Map.of("groupBy", "PRIORITY", "sort", "OLDEST")));
        assertThat(pages(byPriority, 2)).containsExactly(second, first, third);
        for (Map<String, Object> filter : List.<Map<String, Object>>of(
                Map.of("priorities", List.of("URGENT")),
                Map.of("stageCategories", List.of("PENDING")),
                Map.of("stageIds", List.of(stageOf(department, "PENDING"))))) {
            assertThat(list(agent(), keep(agent(), view("PRIVATE", Map.of("filter", filter)))))
                    .containsExactly(second);
        }
        for (Map<String, Object> filter : List.<Map<String, Object>>of(
                Map.of("open", false),
                Map.of("mine", true),
                Map.of("unassigned", false),
                Map.of("escalated", true),
                Map.of("stars", List.of(1, 2)),
                Map.of("ratings", List.of("DISSATISFIED")),
                Map.of("channels", List.of("REVIEW")),
                Map.of("waitingFor", "PT48H"),
                Map.of("dueBefore", "2030-01-01T00:00:00Z"),
                Map.of("createdTo", "2020-01-01T00:00:00Z"),
                Map.of("departmentIds", List.of(LINDEN)))) {
            assertThat(list(agent(), keep(agent(), view("PRIVATE", Map.of("filter", filter)))))
                    .as("%s", filter)
                    .isEmpty();
        }
        assertThat(list(agent().queryParam("tag", "late"), "all-open")).containsExactly(third);
        for (Map<String, Object> wrong : List.<Map<String, Object>>of(
                Map.of("sort", "MOOD"),
                Map.of("sort", "fields.nosuchfield"),
                Map.of("columns", List.of("nosuchcolumn")),
                Map.of("filter", Map.of("stars", List.of(6))),
                Map.of("filter", Map.of("fields", List.of(Map.of("field", "nosuchfield", "values", List.of("x"))))))) {
            agent().body(view("PRIVATE", wrong)).post("/api/v1/views").then().statusCode(400);
        }
    }

    @Test
    @Proves({"T-12", "T-16"})
    void shouldFilterAndSortByCustomFields() {
        World.newField(department, "amount" + mark, "NUMBER", Map.of());
        String field = "fields.amount" + mark;
        String cheap = openTicket(agent(), department, "cheap@customers.example");
        String dear = openTicket(agent(), department, "dear@customers.example");
        String unknown = openTicket(agent(), department, "unknown@customers.example");
        patch(cheap, Map.of("fields", Map.of("amount" + mark, 9)));
        patch(dear, Map.of("fields", Map.of("amount" + mark, 100.5)));

        String ascending = keep(agent(), view("PRIVATE", Map.of("sort", field, "columns", List.of("subject", field))));
        assertThat(list(agent(), ascending)).containsExactly(cheap, dear, unknown);
        assertThat(pages(ascending, 1)).containsExactly(cheap, dear, unknown);
        assertThat(list(agent(), keep(agent(), view("PRIVATE", Map.of("sort", "-" + field)))))
                .containsExactly(dear, cheap, unknown);
        assertThat(list(agent(), fieldView(Map.of("field", "amount" + mark, "from", "10"))))
                .containsExactly(dear);
        assertThat(list(agent(), fieldView(Map.of("field", "amount" + mark, "values", List.of("9.0")))))
                .containsExactly(cheap);
        agent().get("/api/v1/tickets?view=" + ascending).then().body("items[0].fields.amount" + mark, equalTo(9));
    }

    private String fieldView(Map<String, Object> filter) {
        return keep(agent(), view("PRIVATE", Map.of("filter", Map.of("fields", List.of(filter)))));
    }

    @Test
    @Proves("T-12")
    void shouldCountEachViewUpToAHundred() {
        for (int number = 0; number < 102; number++) {
            openTicket(agent(), department, "count" + number + "@customers.example");
        }
        String saved = keep(agent(), view("PRIVATE", Map.of("filter", Map.of("priorities", List.of("URGENT")))));
        agent().put("/api/v1/views/{code}/star", saved).then().statusCode(204);

        agent().get("/api/v1/views/counts")
                .then()
                .statusCode(200)
                .body("items.find { it.code == 'unassigned' }.count", equalTo(100))
                .body("items.find { it.code == 'unassigned' }.more", equalTo(true))
                .body("items.find { it.code == 'my-open' }.count", equalTo(0))
                .body("items.find { it.code == 'my-open' }.more", equalTo(false))
                .body("items.find { it.code == '" + saved + "' }.count", equalTo(0));
        agent().queryParam("view", "overdue").get("/api/v1/views/counts").then().body("items.size()", equalTo(1));
        agent().queryParam("view", "nonsense")
                .get("/api/v1/views/counts")
                .then()
                .statusCode(404);
        agent().queryParam("department", LINDEN)
                .get("/api/v1/views/counts")
                .then()
                .statusCode(404);
    }

    @Test
    @Proves("T-12")
    void shouldCountWhatTheListShowsAndNothingElse() {
        String open = openTicket(agent(), department, "open@customers.example");
        String closed = openTicket(agent(), department, "closed@customers.example");
        agent().body(Map.of("as", "CLOSED"))
                .post("/api/v1/tickets/{id}/closure", closed)
                .then()
                .statusCode(200);
        for (Map.Entry<Map<String, Object>, List<String>> kept : Map.<Map<String, Object>, List<String>>of(
                        Map.of("sort", "FOLDED"), List.of(closed),
                        Map.of("sort", "STARS"), List.of(),
                        Map.of("groupBy", "STAGE"), List.of(open, closed),
                        Map.of("groupBy", "PRIORITY", "filter", Map.of("open", true)), List.of(open))
                .entrySet()) {
            String code = keep(agent(), view("PRIVATE", kept.getKey()));
            assertThat(list(agent(), code)).containsExactlyElementsOf(kept.getValue());
            agent().queryParam("view", code)
                    .get("/api/v1/views/counts")
                    .then()
                    .body("items[0].count", equalTo(kept.getValue().size()));
        }
        // With a closed team it is out of an agent's sight, unless it is his own.
        UUID team = World.newTeam(department, "INVITED_INTERNAL");
        for (String ticket : List.of(open, closed)) {
            World.ada()
                    .body(Map.of("teamId", team))
                    .put("/api/v1/tickets/{id}/assignment", ticket)
                    .then()
                    .statusCode(200);
        }
        Tokens everywhere = Tokens.of("everywhere" + department).role("agent").allDepartments();
        World.as(everywhere)
                .get("/api/v1/views/counts?view=all&department={d}", department)
                .then()
                .body("items[0].count", equalTo(0));
        World.as(Tokens.of("himself").subject(everywhere.id()).role("lead").department(department))
                .body(Map.of("agentId", everywhere.id(), "teamId", team))
                .put("/api/v1/tickets/{id}/assignment", open)
                .then()
                .statusCode(200);
        World.as(everywhere)
                .get("/api/v1/views/counts?view=all&department={d}", department)
                .then()
                .body("items[0].count", equalTo(1));
        assertThat(list(World.as(everywhere).queryParam("department", department), "all"))
                .containsExactly(open);
    }

    @Test
    @Proves({"T-12", "R-4"})
    void shouldShowAndFilterByTheStarsOfAReviewAndTheRatingOfACustomer() {
        UUID rating = Uuid7.next();
        try (EventSender sender = EventSender.open();
                RoutedTicket routed = new RoutedTicket()) {
            String ticket = routed.routeTo(department, review -> {});
            openTicket(agent(), department, "no-stars@customers.example");
            GoldenExample given = Contracts.example("ratings", "RatingGiven");
            ObjectNode face = given.data().deepCopy();
            face.put("ratingId", rating.toString())
                    .put("requestId", rating.toString())
                    .put("ticketId", ticket);
            sender.send("ratings", "RatingGiven", rating, 1, face, given.personal());
            String satisfied =
                    keep(agent(), view("PRIVATE", Map.of("filter", Map.of("ratings", List.of("SATISFIED")))));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> list(agent(), satisfied), found -> found.equals(List.of(ticket)));

            String bad = keep(
                    agent(),
                    view(
                            "PRIVATE",
                            Map.of(
                                    "filter",
                                    Map.of("stars", List.of(1, 2)),
                                    "columns",
                                    List.of("stars", "reviewTitle", "reviewAuthor", "rating"),
                                    "sort",
                                    "STARS")));
            assertThat(list(agent(), bad)).containsExactly(ticket);
            assertThat(list(agent().queryParam("stars", 2), "all")).containsExactly(ticket);
            assertThat(list(agent().queryParam("stars", 5), "all")).isEmpty();
            assertThat(list(agent().queryParam("rating", "SATISFIED"), "all")).containsExactly(ticket);
            agent().get("/api/v1/tickets?view=" + bad)
                    .then()
                    .body("items[0].review.stars", equalTo(2))
                    .body("items[0].review.title", equalTo("Drei Wochen gewartet"))
                    .body("items[0].review.authorName", equalTo("Petra M."))
                    .body("items[0].rating", equalTo("SATISFIED"));
            agent().queryParam("q", "\"drei Wochen\" Petra")
                    .get("/api/v1/search")
                    .then()
                    .body("items.ticket.id", equalTo(List.of(ticket)));
        }
    }

    @Test
    void shouldRefuseACursorOfAnotherList() {
        for (String forged : List.of("[0,\"x\",\"y\",\"z\"]", "[99]", "[-1]", "[]", "[0]", "[\"0\"]")) {
            String after = java.util.Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(forged.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            agent().queryParam("after", after)
                    .get("/api/v1/tickets?view=all")
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("cursor-invalid"));
        }
    }
}
