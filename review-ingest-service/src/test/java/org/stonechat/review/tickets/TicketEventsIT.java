package org.stonechat.review.tickets;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.review.FakePlatform;
import org.stonechat.review.TestDesk;
import org.stonechat.review.TestTicket;
import org.stonechat.testing.EventSender;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.AccessContract;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.testing.contract.GoldenExample;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.stonechat.review.FakePlatform.NOON;

/// What comes of a review after it was routed, as the ledger and the readers of reviews see it.
@QuarkusTest
@WithRealParts
class TicketEventsIT {

    private static final String REVIEWS = "/api/v1/reviews";
    private static final String LEDGER = "/api/v1/review-ledger";

    private TestDesk desk;
    private EventSender sender;
    private UUID review;
    private TestTicket ticket;

    @BeforeEach
    void open() {
        desk = new TestDesk();
        sender = EventSender.open();
        desk.platform.show(FakePlatform.review("rev-1", 2, NOON));
        desk.connect();
        review = desk.awaitReview("rev-1");
        ticket = new TestTicket(review);
    }

    @AfterEach
    void close() {
        ticket.close();
        sender.close();
        desk.close();
    }

    @Test
    @Proves("R-7")
    void shouldCloseTheLedgerWithTheTicket() {
        ticket.again(ticket.created(desk));

        Map<String, Object> entry = desk.awaitEntry("rev-1", "TICKETED");
        assertThat(entry)
                .containsEntry("ticketId", ticket.id.toString())
                .containsEntry("criterion", "Up to three stars");
        assertThat(desk.review(review).getString("review.ticketId")).isEqualTo(ticket.id.toString());
        TestDesk.post(desk.lead, LEDGER + "/" + entry.get("id") + "/reprocess")
                .then()
                .statusCode(409)
                .body("code", equalTo("ledger-entry-closed"));
    }

    @Test
    @Proves("R-7")
    void shouldShowARefusedTicketAndRouteItAgainOnRequest() {
        ticket.refused();

        Map<String, Object> entry = desk.awaitEntry("rev-1", "FAILED");
        assertThat(entry).containsEntry("reason", "DEPARTMENT_INACTIVE");
        TestDesk.post(desk.lead, LEDGER + "/" + entry.get("id") + "/reprocess")
                .then()
                .statusCode(200)
                .body("state", equalTo("ROUTED"));
    }

    @Test
    @Proves("R-7")
    void shouldAskTheCriteriaOfTodayOnRequest() {
        desk.platform.show(FakePlatform.review("rev-good", 5, NOON));
        Map<String, Object> entry = desk.awaitEntry("rev-good", "NOT_TICKETED");
        ObjectNode wider = desk.connectionRequest();
        wider.withArray("criteria").addObject().put("name", "All the rest");
        desk.put(wider).then().statusCode(200);

        TestDesk.post(desk.lead, LEDGER + "/" + entry.get("id") + "/reprocess")
                .then()
                .statusCode(200)
                .body("state", equalTo("ROUTED"))
                .body("criterion", equalTo("All the rest"));
    }

    @Test
    @Proves("R-7")
    void shouldReadAgainWhatCouldNotBeReadAndSayWhenItStillCannot() {
        desk.platform.show(FakePlatform.review("rev-odd", 2, NOON).put("rating", "excellent"));
        Map<String, Object> entry = desk.awaitEntry("rev-odd", "FAILED");

        TestDesk.post(desk.lead, LEDGER + "/" + entry.get("id") + "/reprocess")
                .then()
                .statusCode(422)
                .body("code", equalTo("review-still-unreadable"));

        desk.platform.show(FakePlatform.review("rev-odd", 2, NOON));
        desk.awaitEntry("rev-odd", "ROUTED");
    }

    @Test
    @Proves("G-4")
    void shouldFollowItsTicketToAnotherDepartment() {
        UUID elsewhere = UUID.randomUUID();
        String newLead = Tokens.of("nora").role("lead").department(elsewhere).build();
        created();
        TestDesk.get(newLead, REVIEWS + "/" + review).then().statusCode(404);

        GoldenExample referred = ticket.example("TicketReferred");
        referred.data()
                .put("departmentId", elsewhere.toString())
                .putNull("teamId")
                .putNull("assigneeId")
                .put("toDepartmentId", elsewhere.toString());
        ticket.tell(referred);

        await().atMost(TestDesk.PATIENCE)
                .until(() -> TestDesk.get(newLead, REVIEWS + "/" + review).statusCode() == 200);
        TestDesk.get(desk.lead, REVIEWS + "/" + review).then().statusCode(404);
        TestDesk.get(newLead, REVIEWS).then().statusCode(200).body("items.id", hasItem(review.toString()));
    }

    @Test
    @Proves("G-4")
    void shouldShowWhatIsAssignedToMeWhereverItLies() {
        Tokens bob = Tokens.of("bob").role("agent").department(UUID.randomUUID());
        created();
        TestDesk.get(bob.build(), REVIEWS + "/" + review).then().statusCode(404);

        GoldenExample assigned = ticket.example("TicketAssigned");
        assigned.data()
                .put("departmentId", desk.department.toString())
                .put("assigneeId", bob.id().toString());
        ticket.tell(assigned);

        await().atMost(TestDesk.PATIENCE)
                .until(() -> TestDesk.get(bob.build(), REVIEWS + "/" + review).statusCode() == 200);
        TestDesk.get(bob.build(), REVIEWS).then().statusCode(200).body("items.id", hasItem(review.toString()));
    }

    @Test
    @Proves("G-4")
    void shouldKeepAClosedTeamsReviewsFromAgentsWhoAreNotInIt() {
        Tokens member = Tokens.of("mia").role("agent").department(UUID.randomUUID());
        TestDesk.get(desk.agent, REVIEWS + "/" + review).then().statusCode(200);
        GoldenExample closed = Contracts.example("directory", "TeamDefined");
        closed.data().put("id", desk.team.toString()).put("visibility", "INVITED_INTERNAL");
        closed.data().putArray("departmentIds").add(desk.department.toString());
        closed.data().putArray("memberIds").add(member.id().toString());
        sender.send("directory", "TeamDefined", desk.team, 1, closed.data(), closed.personal());

        await().atMost(TestDesk.PATIENCE)
                .until(() -> TestDesk.get(desk.agent, REVIEWS + "/" + review).statusCode() == 404);
        TestDesk.get(desk.agent, REVIEWS).then().statusCode(200).body("items.id", not(hasItem(review.toString())));
        TestDesk.get(desk.lead, REVIEWS).then().statusCode(200).body("items.id", hasItem(review.toString()));
        TestDesk.get(member.build(), REVIEWS + "/" + review).then().statusCode(200);
        TestDesk.get(member.build(), REVIEWS).then().statusCode(200).body("items.id", hasItem(review.toString()));
        AccessContract.assertShowsClosedTeamsByTheTable(
                desk.department,
                List.of("agent", "lead", "admin", "integration"),
                token -> TestDesk.get(token, REVIEWS + "/" + review).statusCode() == 200);
    }

    @Test
    @Proves("G-4")
    void shouldAskForTheRightOfADefinedRole() {
        String code = "reviewer-" + UUID.randomUUID().toString().substring(0, 8);
        String token = Tokens.of(code).role(code).department(desk.department).build();
        UUID role = UUID.randomUUID();
        AccessContract.defineRole(sender, role, 1, code, "lead", desk.department, Set.of());
        await().atMost(TestDesk.PATIENCE)
                .until(() -> TestDesk.get(token, REVIEWS + "/" + review).statusCode() == 200);

        given().auth()
                .oauth2(token)
                .delete(REVIEWS + "/" + review + "/reply")
                .then()
                .statusCode(403);
        TestDesk.post(token, REVIEWS + "/" + review + "/report", Map.of("reason", "UNTRUTHFUL", "description", "x"))
                .then()
                .statusCode(403);
        TestDesk.post(token, "/api/v1/review-connections/" + desk.connection + "/pause")
                .then()
                .statusCode(403);
        // A definition opens what only admins may do otherwise, in its departments alone.
        AccessContract.defineRole(sender, role, 2, code, "agent", desk.department, Set.of("CONFIGURE"));
        await().atMost(TestDesk.PATIENCE)
                .until(() -> TestDesk.post(token, "/api/v1/review-connections/" + desk.connection + "/pause")
                                .statusCode()
                        == 200);
        TestDesk.post(token, "/api/v1/review-connections/" + desk.connection + "/resume")
                .then()
                .statusCode(200);
        String elsewhere =
                Tokens.of(code).role(code).department(UUID.randomUUID()).build();
        TestDesk.post(elsewhere, "/api/v1/review-connections/" + desk.connection + "/pause")
                .then()
                .statusCode(404);
    }

    @Test
    void shouldRefuseADestinationTheDirectoryContradicts() {
        UUID team = UUID.randomUUID();
        GoldenExample defined = Contracts.example("directory", "TeamDefined");
        defined.data().put("id", team.toString());
        defined.data().putArray("departmentIds").add(UUID.randomUUID().toString());
        sender.send("directory", "TeamDefined", team, 1, defined.data(), defined.personal());
        ObjectNode request = desk.connectionRequest();
        request.withArray("criteria").addObject().put("name", "astray").put("teamId", team.toString());

        await().atMost(TestDesk.PATIENCE)
                .until(() -> TestDesk.put(desk.admin, desk.connection, request).statusCode() == 422);
        TestDesk.put(desk.admin, desk.connection, request).then().body("code", equalTo("destination-invalid"));
    }

    @Test
    @Proves("G-4")
    void shouldKeepEveryOperationFromThoseWhoMayNot() {
        Object entry = desk.ledger().getFirst().get("id");
        String customer = Tokens.of("carl").role("customer").build();
        for (String path : new String[] {REVIEWS, REVIEWS + "/" + review, LEDGER, LEDGER + "/" + entry}) {
            given().get(path).then().statusCode(401).contentType("application/problem+json");
            TestDesk.get(customer, path).then().statusCode(403).contentType("application/problem+json");
        }
        given().post(LEDGER + "/" + entry + "/reprocess").then().statusCode(401);
        TestDesk.get(desk.agent, LEDGER).then().statusCode(403);
        TestDesk.get(desk.agent, LEDGER + "/" + entry).then().statusCode(403);
        TestDesk.post(desk.agent, LEDGER + "/" + entry + "/reprocess").then().statusCode(403);
        TestDesk.get(desk.stranger, REVIEWS + "/" + review).then().statusCode(404);
        TestDesk.get(desk.stranger, REVIEWS).then().statusCode(200).body("items", equalTo(java.util.List.of()));
        TestDesk.get(desk.stranger, LEDGER).then().statusCode(200).body("items", equalTo(java.util.List.of()));
        TestDesk.get(desk.stranger, LEDGER + "/" + entry).then().statusCode(404);
        TestDesk.post(desk.stranger, LEDGER + "/" + entry + "/reprocess").then().statusCode(404);
    }

    @Test
    void shouldPageThroughReviewsAndLedgerAndFilterThem() {
        for (int minute = 2; minute <= 5; minute++) {
            desk.platform.show(FakePlatform.review("rev-" + minute, minute, NOON.plusSeconds(minute)));
        }
        for (int minute = 2; minute <= 5; minute++) {
            desk.awaitReview("rev-" + minute);
        }

        for (String list : new String[] {REVIEWS, LEDGER}) {
            java.util.List<String> seen = new java.util.ArrayList<>();
            String after = "";
            do {
                io.restassured.path.json.JsonPath page = TestDesk.get(desk.lead, list + "?limit=2" + after)
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath();
                seen.addAll(page.getList("items.externalId"));
                after = page.getString("next") == null ? null : "&after=" + page.getString("next");
            } while (after != null);
            assertThat(seen).hasSize(5).doesNotHaveDuplicates();
        }
        assertThat(TestDesk.get(desk.lead, REVIEWS + "?stars=5").jsonPath().getList("items.externalId"))
                .isEqualTo(java.util.List.of("rev-5"));
        assertThat(TestDesk.get(desk.lead, REVIEWS + "?submittedFrom=" + NOON.plusSeconds(4) + "&answered=false")
                        .jsonPath()
                        .getList("items.externalId"))
                .isEqualTo(java.util.List.of("rev-5", "rev-4"));
        TestDesk.get(desk.lead, REVIEWS + "?stars=9").then().statusCode(400);
        TestDesk.get(desk.lead, REVIEWS + "?submittedFrom=yesterday").then().statusCode(400);
        TestDesk.get(desk.lead, REVIEWS + "?after=nonsense").then().statusCode(400);
        TestDesk.get(desk.lead, REVIEWS + "/" + UUID.randomUUID()).then().statusCode(404);
    }

    private void created() {
        ticket.created(desk);
        desk.awaitEntry("rev-1", "TICKETED");
    }
}
