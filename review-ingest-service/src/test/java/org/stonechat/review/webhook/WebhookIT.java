package org.stonechat.review.webhook;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.review.TestDesk;
import org.stonechat.review.TestWebhook;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.Contracts;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

@QuarkusTest
@WithRealParts
class WebhookIT {

    @TestHTTPResource
    URI service;

    private final UUID connection = UUID.randomUUID();
    private TestDesk desk;
    private EventCollector events;

    @BeforeEach
    void open() {
        desk = new TestDesk();
        events = EventCollector.on("reviews");
        ObjectNode request = desk.connectionRequest().put("platform", "WEBHOOK");
        request.remove("baseUrl");
        request.remove("tokenUrl");
        request.putArray("channels");
        request.putObject("credentials").put("secret", TestWebhook.SECRET);
        TestDesk.put(desk.admin, connection, request).then().statusCode(201);
    }

    @AfterEach
    void close() {
        events.close();
        desk.close();
    }

    @Test
    @Proves({"R-1", "R-2"})
    void shouldTakeASignedReviewOnceAndItsEditAndItsWithdrawal() {
        String created = review("review.created", "2026-03-05T12:00:00Z", "Three weeks, no word.");
        String id = "msg_" + UUID.randomUUID();
        TestWebhook.send(connection, id, Instant.now(), created)
                .then()
                .statusCode(202)
                .body("outcome", equalTo("CREATED"));
        TestWebhook.send(connection, id, Instant.now(), created)
                .then()
                .statusCode(202)
                .body("outcome", equalTo("REPEATED"));
        TestWebhook.send(connection, created).then().body("outcome", equalTo("UNCHANGED"));
        UUID review = reviewId("w-1");
        EventCollector.Published routed = events.awaitType("ReviewRouted", review);
        Contracts.assertMatches("reviews", "ReviewRouted", routed.data(), routed.personal());
        assertThat(routed.data().path("canReply").asBoolean()).isFalse();
        assertThat(routed.data().path("replyMaxLength").isNull()).isTrue();

        TestWebhook.send(connection, review("review.updated", "2026-03-06T12:00:00Z", "They called. Still late."))
                .then()
                .body("outcome", equalTo("CHANGED"));
        events.awaitType("ReviewRevised", review);
        TestWebhook.send(
                        connection,
                        review("review.updated", "2026-03-04T12:00:00Z", "An old one, on the way for long."))
                .then()
                .body("outcome", equalTo("UNCHANGED"));
        TestWebhook.send(connection, review("review.withdrawn", "2026-03-07T12:00:00Z", "They called. Still late."))
                .then()
                .body("outcome", equalTo("CHANGED"));
        events.awaitType("ReviewWithdrawn", review);
        assertThat(desk.review(review).getList("revisions")).hasSize(3);
        TestWebhook.send(connection, "{\"type\":\"customer.created\",\"data\":{}}")
                .then()
                .statusCode(202)
                .body("outcome", equalTo("IGNORED"));
    }

    /// Nothing of the body is ever sent: whoever gets an answer was refused by what the headers tell.
    @Test
    @Proves("G-5")
    void shouldRefuseByTheHeadersBeforeABodyIsRead() throws IOException {
        try (Socket socket = new Socket(service.getHost(), service.getPort())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream()
                    .write(("POST %s HTTP/1.1\r\nHost: desk\r\nContent-Type: application/json\r\n"
                                    + "webhook-id: msg_1\r\nwebhook-timestamp: 1\r\nwebhook-signature: v1,AAAA\r\n"
                                    + "Content-Length: %d\r\n\r\n")
                            .formatted("/api/v1/review-connections/" + connection + "/webhook", 200_000)
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 401");
        }
    }

    @Test
    @Proves("R-1")
    void shouldBelieveNothingThatIsNotSigned() {
        String body = review("review.created", "2026-03-05T12:00:00Z", "Nobody signed this.");
        String now = Long.toString(Instant.now().getEpochSecond());
        refused(TestWebhook.send(connection, "msg_1", now, "v1,AAAA", body));
        refused(TestWebhook.send(connection, "msg_1", now, "v1," + TestWebhook.sign("msg_2", now, body), body));
        refused(TestWebhook.send(connection, "msg_1", now, "v2," + TestWebhook.sign("msg_1", now, body), body));
        refused(TestWebhook.send(connection, "msg_1", now, "%%%", body));
        refused(TestWebhook.send(connection, "msg_1", "soon", "v1,AAAA", body));
        refused(TestWebhook.send(connection, "msg_1", Instant.now().minus(Duration.ofMinutes(6)), body));
        refused(TestWebhook.send(connection, "msg_1", Instant.now().plus(Duration.ofMinutes(6)), body));
        refused(TestWebhook.send(UUID.randomUUID(), body));
        refused(given().contentType("application/json")
                .body(body)
                .post("/api/v1/review-connections/" + connection + "/webhook"));
        assertThat(ledger()).isEqualTo(0);
        // One of several signatures is enough: secrets are changed while both are in use.
        TestWebhook.send(connection, "msg_1", now, "v1,AAAA v1," + TestWebhook.sign("msg_1", now, body), body)
                .then()
                .statusCode(202);
    }

    @Test
    @Proves({"R-1", "R-7"})
    void shouldAnswerBadInputClearlyOrKeepItInTheLedger() {
        TestWebhook.send(connection, "{\"type\":\"review.created\",").then().statusCode(400);
        TestWebhook.send(connection, "[]").then().statusCode(400);
        TestWebhook.send(connection, "").then().statusCode(400);
        TestWebhook.send(connection, "{\"type\":\"review.created\",\"data\":{\"x\":\"" + "y".repeat(262_144) + "\"}}")
                .then()
                .statusCode(413);
        failed("{\"externalId\":\"w-9\",\"rating\":9,\"submittedAt\":\"2026-03-05T12:00:00Z\"}", "w-9", "rating");
        failed(
                "{\"externalId\":\"w-x\",\"rating\":\"good\",\"submittedAt\":\"2026-03-05T12:00:00Z\"}",
                "w-x",
                "rating");
        failed(
                "{\"externalId\":\"w-o\",\"rating\":{\"a\":1},\"submittedAt\":\"2026-03-05T12:00:00Z\"}",
                "w-o",
                "rating");
        failed("{\"externalId\":\"w-t\",\"rating\":1,\"submittedAt\":\"yesterday\"}", "w-t", "submittedAt");
        failed("{\"externalId\":\"w-n\",\"rating\":1}", "w-n", "submittedAt");
        failed("{\"externalId\":\"w-f\",\"rating\":1,\"submittedAt\":\"+999999999-01-01T00:00:00Z\"}", "w-f", "age");
        failed("{\"externalId\":\"w-k\",\"kind\":\"DREAM\",\"submittedAt\":\"2026-03-05T12:00:00Z\"}", "w-k", "kind");
        TestWebhook.send(connection, "{\"type\":\"review.created\",\"data\":{\"rating\":1}}")
                .then()
                .statusCode(202)
                .body("outcome", equalTo("FAILED"));
    }

    @Test
    @Proves({"R-2", "R-4"})
    void shouldKeepWhatPeopleWriteWhateverTheyWrite() {
        String hostile = "<script>alert(1)</script><img src=x onerror=alert(1)> \\u0000 \\ud83d\\ude21 \\ud83d"
                + " \\u202eevil \\u200b سلام 👩‍👩‍👧";
        bring("w-html", hostile);
        bring("w-long", "x".repeat(65_000));
        bring("w-emoji", "👍🏽".repeat(3000));
        bring("w-rtl", "بسته هیچ‌وقت نرسید. ".repeat(100));

        assertThat(desk.review(reviewId("w-html")).getString("review.body"))
                .contains("<script>")
                .contains("سلام")
                .doesNotContain("\0");
        assertThat(desk.review(reviewId("w-long")).getString("review.body")).hasSize(8000);
        String emoji = desk.review(reviewId("w-emoji")).getString("review.body");
        assertThat(emoji.codePointCount(0, emoji.length())).isLessThanOrEqualTo(8000);
        assertThat(desk.review(reviewId("w-rtl")).getString("review.body")).startsWith("بسته هیچ‌وقت");
        events.awaitType("ReviewImported", reviewId("w-html"));
    }

    @Test
    @Proves("R-1")
    void shouldTakeNothingWhilePaused() {
        TestDesk.post(desk.admin, "/api/v1/review-connections/" + connection + "/pause")
                .then()
                .statusCode(200);

        TestWebhook.send(connection, review("review.created", "2026-03-05T12:00:00Z", "x"))
                .then()
                .statusCode(409)
                .body("code", equalTo("connection-paused"));
        // Whoever holds no secret does not learn that there is a connection.
        refused(TestWebhook.send(
                connection,
                "msg_1",
                Long.toString(Instant.now().getEpochSecond()),
                "v1,AAAA",
                review("review.created", "2026-03-05T12:00:00Z", "x")));
    }

    private void bring(String id, String body) {
        TestWebhook.send(
                        connection,
                        "{\"type\":\"review.created\",\"data\":{\"externalId\":\"" + id
                                + "\",\"rating\":1,\"submittedAt\":\"2026-03-05T12:00:00Z\",\"body\":\"" + body
                                + "\"}}")
                .then()
                .statusCode(202)
                .body("outcome", equalTo("CREATED"));
    }

    private void failed(String data, String id, String reason) {
        TestWebhook.send(connection, "{\"type\":\"review.created\",\"data\":" + data + "}")
                .then()
                .statusCode(202)
                .body("outcome", equalTo("FAILED"));
        assertThat(TestDesk.get(desk.lead, "/api/v1/review-ledger?limit=200&connectionId=" + connection)
                        .jsonPath()
                        .getString("items.find { it.externalId == '" + id + "' }.reason"))
                .contains(reason);
    }

    private static void refused(io.restassured.response.Response response) {
        response.then().statusCode(401).body("code", equalTo("signature-invalid"));
    }

    private int ledger() {
        return TestDesk.get(desk.lead, "/api/v1/review-ledger?connectionId=" + connection)
                .jsonPath()
                .getList("items")
                .size();
    }

    private UUID reviewId(String externalId) {
        return UUID.fromString(TestDesk.get(desk.lead, "/api/v1/review-ledger?limit=200&connectionId=" + connection)
                .jsonPath()
                .getString("items.find { it.externalId == '" + externalId + "' }.reviewId"));
    }

    private static String review(String type, String timestamp, String body) {
        return """
                {"type":"%s","timestamp":"%s","data":{"externalId":"w-1","sourceRef":"shop-1","kind":"SERVICE",
                 "rating":1.5,"subRatings":{"delivery":1,"goods":4},"title":"Late","body":"%s","language":"en",
                 "submittedAt":"2026-03-05T12:00:00Z","authorName":"Petra M.","email":"petra@customers.example",
                 "orderReference":"NW-1"}}
                """.formatted(type, timestamp, body);
    }
}
