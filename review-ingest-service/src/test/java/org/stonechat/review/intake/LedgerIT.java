package org.stonechat.review.intake;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.review.FakePlatform;
import org.stonechat.review.TestDesk;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.stonechat.review.FakePlatform.NOON;

@QuarkusTest
@WithRealParts
class LedgerIT {

    private static final String LEDGER = "/api/v1/review-ledger";

    private TestDesk desk;

    @BeforeEach
    void open() {
        desk = new TestDesk();
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    @Proves("R-7")
    void shouldAgreeWithThePlatformToTheLastReview() {
        for (int minute = 0; minute < 25; minute++) {
            desk.platform.show(FakePlatform.review("rev-" + minute, minute % 5 + 1, NOON.minusSeconds(60L * minute)));
        }
        desk.platform.show(FakePlatform.review("rev-odd", 1, NOON).put("rating", "excellent"));
        desk.platform.pagesOf(4);
        desk.connect();
        await().atMost(TestDesk.PATIENCE).until(() -> desk.ledger().size() == 26);

        desk.reconciliation()
                .body("atThePlatform", equalTo(26))
                .body("received", equalTo(26))
                .body("routed", equalTo(15))
                .body("notTicketed", equalTo(10))
                .body("failed", equalTo(1))
                .body("missing", equalTo(0));
        desk.platform.answerOnce("GET", "/reviews/count", 503);
        desk.reconciliation()
                .body("atThePlatform", nullValue())
                .body("missing", nullValue())
                .body("reason", containsString("503"));
    }

    @Test
    @Proves("R-7")
    void shouldProcessManyAgainByTheCriteriaOfToday() {
        for (int minute = 0; minute < 5; minute++) {
            desk.platform.show(FakePlatform.review("rev-" + minute, 5, NOON.minusSeconds(60L * minute)));
        }
        desk.connect();
        await().atMost(TestDesk.PATIENCE).until(() -> states("NOT_TICKETED") == 5);
        ObjectNode wider = desk.connectionRequest();
        wider.withArray("criteria").addObject().put("name", "All the rest");
        desk.put(wider).then().statusCode(200);

        reprocess(desk.lead, List.of("NOT_TICKETED", "FAILED")).then().statusCode(202);

        await().atMost(TestDesk.PATIENCE).until(() -> states("ROUTED") == 5);
        reprocess(desk.lead, List.of("TICKETED")).then().statusCode(400);
        reprocess(desk.lead, List.of()).then().statusCode(400);
    }

    @Test
    @Proves("G-4")
    void shouldKeepTheNewOperationsFromThoseWhoMayNot() {
        desk.connect();
        String reconciliation = LEDGER + "/reconciliation?connectionId=" + desk.connection;
        given().get(reconciliation).then().statusCode(401);
        TestDesk.get(desk.agent, reconciliation).then().statusCode(403);
        TestDesk.get(desk.stranger, reconciliation).then().statusCode(404);
        TestDesk.get(desk.lead, LEDGER + "/reconciliation").then().statusCode(400);
        given().contentType("application/json")
                .body(body(List.of("FAILED")))
                .post(LEDGER + "/reprocess")
                .then()
                .statusCode(401);
        reprocess(desk.agent, List.of("FAILED")).then().statusCode(403);
        reprocess(desk.stranger, List.of("FAILED")).then().statusCode(404);
    }

    private io.restassured.response.Response reprocess(String token, List<String> states) {
        return TestDesk.post(token, LEDGER + "/reprocess", body(states));
    }

    private Map<String, Object> body(List<String> states) {
        return Map.of("connectionId", desk.connection.toString(), "states", states);
    }

    private long states(String state) {
        return desk.ledger().stream()
                .filter(entry -> state.equals(entry.get("state")))
                .count();
    }
}
