package org.stonechat.review.report;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.review.FakePlatform;
import org.stonechat.review.TestDesk;
import org.stonechat.review.TestWebhook;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.Contracts;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.stonechat.review.FakePlatform.NOON;

@QuarkusTest
@WithRealParts
class ReportIT {

    private static final Map<String, String> UNTRUE =
            Map.of("reason", "UNTRUTHFUL", "description", "The order named in it was never placed.");

    private TestDesk desk;
    private EventCollector events;
    private UUID review;

    @BeforeEach
    void open() {
        desk = new TestDesk();
        events = EventCollector.on("reviews");
        desk.platform.show(FakePlatform.review("rev-1", 1, NOON));
        desk.connect();
        review = desk.awaitReview("rev-1");
    }

    @AfterEach
    void close() {
        events.close();
        desk.close();
    }

    @Test
    @Proves("R-6")
    void shouldReportWithAReasonOfThePlatformAndADescription() {
        TestDesk.post(desk.agent, path(), UNTRUE).then().statusCode(202).body("state", equalTo("PENDING"));

        EventCollector.Published reported = events.awaitType("ReviewReported", review);
        Contracts.assertMatches("reviews", "ReviewReported", reported.data(), reported.personal());
        assertThat(reported.data().path("reason").asText()).isEqualTo("UNTRUTHFUL");
        assertThat(reported.personal().path("description").asText()).contains("never placed");
        TestDesk.get(desk.agent, path())
                .then()
                .statusCode(200)
                .body("items", hasSize(1))
                .body("items[0].state", equalTo("OPEN"))
                .body("items[0].caseId", equalTo(reported.data().path("caseId").asText()));
        TestDesk.post(desk.agent, path(), UNTRUE).then().statusCode(409).body("code", equalTo("report-open"));
        assertThat(desk.platform.reportsTaken()).isEqualTo(1);
    }

    @Test
    @Proves("R-6")
    void shouldFollowAReportUntilTheReviewIsTakenDown() {
        TestDesk.post(desk.agent, path(), UNTRUE).then().statusCode(202);
        events.awaitType("ReviewReported", review);

        desk.platform.change("rev-1", item -> item.put("state", "REJECTED"));

        EventCollector.Published resolved = events.awaitType("ReportResolved", review);
        Contracts.assertMatchesErased("reviews", "ReportResolved", resolved.data(), resolved.personal());
        assertThat(resolved.data().path("outcome").asText()).isEqualTo("UPHELD");
        events.awaitType("ReviewWithdrawn", review);
        TestDesk.get(desk.agent, path()).then().body("items[0].state", equalTo("UPHELD"));
        TestDesk.post(desk.agent, path(), UNTRUE).then().statusCode(409).body("code", equalTo("review-gone"));
    }

    @Test
    @Proves("R-6")
    void shouldFollowAReportUntilThePlatformDeclinesAndThenTakeAnother() {
        TestDesk.post(desk.agent, path(), UNTRUE).then().statusCode(202);
        events.awaitType("ReviewReported", review);

        desk.platform.closeCase("rev-1");

        EventCollector.Published resolved = events.awaitType("ReportResolved", review);
        assertThat(resolved.data().path("outcome").asText()).isEqualTo("DECLINED");
        TestDesk.post(desk.agent, path(), UNTRUE).then().statusCode(202);
    }

    @Test
    @Proves("R-6")
    void shouldNotOpenASecondCaseWhenTheFirstWasStoredAndTheAnswerLost() {
        desk.platform.doAndAnswerOnce("POST", "/vetos", 500);

        TestDesk.post(desk.agent, path(), UNTRUE).then().statusCode(202);

        events.awaitType("ReviewReported", review);
        assertThat(desk.platform.reportsTaken()).isEqualTo(1);
    }

    @Test
    @Proves("R-6")
    void shouldSayWhenThePlatformDoesNotTakeAReport() {
        desk.platform.answerOnce("POST", "/vetos", 403);

        TestDesk.post(desk.agent, path(), UNTRUE).then().statusCode(202);

        EventCollector.Published resolved = events.awaitType("ReportResolved", review);
        assertThat(resolved.data().path("outcome").asText()).isEqualTo("FAILED");
        assertThat(resolved.data().path("detail").asText()).contains("403");
    }

    @Test
    @Proves("R-6")
    void shouldRefuseAReasonThePlatformDoesNotKnowBeforeAnythingIsSent() {
        TestDesk.post(desk.agent, path(), Map.of("reason", "BORING", "description", "It bores me."))
                .then()
                .statusCode(422)
                .body("code", equalTo("report-reason-unknown"))
                .body("reasons", hasItem("ABUSIVE"));
        TestDesk.post(desk.agent, path(), Map.of("reason", "ABUSIVE", "description", " "))
                .then()
                .statusCode(400);
        TestDesk.post(desk.agent, path(), Map.of("reason", "ABUSIVE", "description", "x".repeat(2001)))
                .then()
                .statusCode(400);
        assertThat(desk.platform.count("POST", "/vetos")).isZero();
    }

    @Test
    @Proves({"R-1", "R-6"})
    void shouldRefuseToReportWhereThePlatformTakesNoReports() {
        UUID webhook = UUID.randomUUID();
        ObjectNode request = desk.connectionRequest().put("platform", "WEBHOOK");
        request.remove("baseUrl");
        request.remove("tokenUrl");
        request.putObject("credentials").put("secret", TestWebhook.SECRET);
        TestDesk.put(desk.admin, webhook, request).then().statusCode(201);
        TestWebhook.send(webhook, """
                {"type":"review.created","data":{"externalId":"w-1","rating":1,"submittedAt":"2026-03-05T12:00:00Z"}}
                """).then().statusCode(202).body("outcome", equalTo("CREATED"));
        String id = TestDesk.get(desk.lead, "/api/v1/reviews?connectionId=" + webhook)
                .jsonPath()
                .getString("items[0].id");

        TestDesk.post(desk.agent, "/api/v1/reviews/" + id + "/report", UNTRUE)
                .then()
                .statusCode(422)
                .body("code", equalTo("platform-cannot"));
        given().auth()
                .oauth2(desk.agent)
                .delete("/api/v1/reviews/" + id + "/reply")
                .then()
                .statusCode(422)
                .body("code", equalTo("platform-cannot"));
    }

    @Test
    @Proves("G-4")
    void shouldKeepReportsFromThoseWhoMayNot() {
        String customer = Tokens.of("carl").role("customer").build();
        given().contentType("application/json").body(UNTRUE).post(path()).then().statusCode(401);
        given().get(path()).then().statusCode(401);
        TestDesk.post(customer, path(), UNTRUE).then().statusCode(403);
        TestDesk.get(customer, path()).then().statusCode(403);
        TestDesk.post(desk.stranger, path(), UNTRUE).then().statusCode(404);
        TestDesk.get(desk.stranger, path()).then().statusCode(404);
    }

    @Test
    @Proves("R-6")
    void shouldOfferAnAgentTheReasonsOfThePlatform() {
        TestDesk.get(desk.agent, "/api/v1/reviews/" + review)
                .then()
                .statusCode(200)
                .body(
                        "reportReasons",
                        equalTo(List.of("UNTRUTHFUL", "ABUSIVE", "VIOLATES_THE_TERMS_OF_USE", "INAPPROPRIATE_IMAGE")));
    }

    private String path() {
        return "/api/v1/reviews/" + review + "/report";
    }
}
