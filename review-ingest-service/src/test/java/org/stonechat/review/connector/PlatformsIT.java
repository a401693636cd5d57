package org.stonechat.review.connector;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.review.CannedPlatform;
import org.stonechat.review.TestDesk;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.EventSender;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.testing.contract.GoldenExample;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;

import static org.assertj.core.api.Assertions.assertThat;

/// The platforms beside Trusted Shops: from their list to an event, and from a ticket's answer to their reply
/// call.
@QuarkusTest
@WithRealParts
class PlatformsIT {

    private static final String TOKEN = "{\"access_token\":\"t-1\",\"expires_in\":\"3600\"}";

    private final UUID connection = UUID.randomUUID();
    private final UUID ticket = UUID.randomUUID();
    private final CannedPlatform platform = new CannedPlatform();
    private TestDesk desk;
    private EventCollector events;
    private EventSender sender;

    @BeforeEach
    void open() {
        desk = new TestDesk();
        events = EventCollector.on("reviews");
        sender = EventSender.open();
    }

    @AfterEach
    void close() {
        TestDesk.post(desk.admin, "/api/v1/review-connections/" + connection + "/pause");
        sender.close();
        events.close();
        desk.close();
        platform.close();
    }

    @Test
    @Proves({"R-1", "R-5"})
    void shouldReadAndAnswerTrustpilot() {
        String review = """
                {"id":"tp-1","consumer":{"id":"c","displayName":"Tessa T."},"stars":2,"title":"Late","text":"A week late.",
                 "language":"en","createdAt":"2026-03-05T12:00:00","updatedAt":null,"status":"active",
                 "referenceId":"NW-1","referralEmail":"tessa@customers.example","companyReply":null}
                """;
        platform.on("POST", "/token", 200, TOKEN)
                .on("GET", "/v1/private/business-units/bu-1/reviews", 200, "{\"reviews\":[" + review + "]}")
                .on("POST", "/v1/private/reviews/tp-1/reply", 201, "");
        ObjectNode request = request("TRUSTPILOT", "bu-1");
        request.putObject("credentials").put("apiKey", "key").put("apiSecret", "secret");
        request.putObject("settings").put("authorBusinessUserId", "user-7");
        connect(request);

        UUID id = awaitReview("tp-1");
        JsonPath shown = desk.review(id);
        assertThat(shown.getInt("review.stars")).isEqualTo(2);
        assertThat(shown.getString("review.submittedAt")).isEqualTo("2026-03-05T12:00:00Z");
        assertThat(shown.getString("authorEmail")).isEqualTo("tessa@customers.example");
        assertThat(platform.requests("POST", "/token").getFirst().authorization())
                .isEqualTo("Basic " + Base64.getEncoder().encodeToString("key:secret".getBytes()));

        EventCollector.Published replied = answer(id, "We are sorry.");
        // It cannot mail, so somebody else owes the copy.
        assertThat(replied.data().path("mailCopyOwed").asBoolean()).isTrue();
        assertThat(platform.requests("POST", "/reply").getFirst().body())
                .contains("\"authorBusinessUserId\":\"user-7\"")
                .contains("We are sorry.");
    }

    @Test
    @Proves({"R-1", "R-5"})
    void shouldReadAndAnswerGoogleBusinessProfileAndNoticeARejectedAnswer() {
        String name = "accounts/1/locations/2/reviews/3";
        AtomicReference<String> reply = new AtomicReference<>("");
        platform.on("POST", "/token", 200, TOKEN)
                .on(
                        "GET",
                        "/v4/accounts/1/locations/2/reviews?",
                        asked -> new CannedPlatform.Answer(
                                200,
                                "{\"reviews\":[" + business(name, reply.get())
                                        + "],\"averageRating\":3.5,\"totalReviewCount\":1}"))
                .on("GET", "/v4/" + name, asked -> new CannedPlatform.Answer(200, business(name, reply.get())))
                .on("PUT", "/v4/" + name + "/reply", asked -> {
                    reply.set("APPROVED");
                    return new CannedPlatform.Answer(200, "{}");
                });
        ObjectNode request = request("GOOGLE_BUSINESS", "accounts/1/locations/2");
        request.putObject("credentials")
                .put("clientId", "id")
                .put("clientSecret", "secret")
                .put("refreshToken", "granted");
        connect(request);

        UUID id = awaitReview(name);
        assertThat(desk.review(id).getString("review.kind")).isEqualTo("LOCATION");
        assertThat(desk.review(id).getInt("review.stars")).isEqualTo(2);
        EventCollector.Published failed = await(id, "ReviewReplyFailed", send(id, "ü".repeat(2049)));
        assertThat(failed.data().path("detail").asText()).contains("4098 bytes").contains("4096");

        answer(id, "We are sorry.");
        assertThat(platform.requests("PUT", "/reply").getFirst().body()).isEqualTo("{\"comment\":\"We are sorry.\"}");
        reply.set("REJECTED");
        EventCollector.Published rejected = events.await(
                "the rejection",
                event -> event.type().equals("ReviewReplyFailed")
                        && event.subject().equals(id)
                        && event.data().path("reason").asText().equals("REJECTED"));
        Contracts.assertMatchesErased("reviews", "ReviewReplyFailed", rejected.data(), rejected.personal());
    }

    private static String business(String name, String replyState) {
        return """
                {"name":"%s","reviewId":"3","reviewer":{"displayName":"Greta G.","isAnonymous":false},
                 "starRating":"TWO","comment":"Nobody was there.","createTime":"2026-03-05T12:00:00.5Z",
                 "updateTime":"2026-03-05T12:00:00.5Z"%s}
                """.formatted(
                        name,
                        replyState.isEmpty()
                                ? ""
                                : ",\"reviewReply\":{\"comment\":\"We are sorry.\",\"updateTime\":\"2026-03-06T12:00:00Z\","
                                        + "\"reviewReplyState\":\"" + replyState + "\"}");
    }

    @Test
    @Proves({"R-1", "R-5"})
    void shouldReadAndAnswerGooglePlay() throws GeneralSecurityException {
        long seconds = Instant.now().minusSeconds(3600).getEpochSecond();
        platform.on("POST", "/token", 200, TOKEN)
                .on("GET", "/androidpublisher/v3/applications/org.shop/reviews", 200, """
                        {"reviews":[{"reviewId":"gp-1","authorName":"Pia P.","comments":[{"userComment":{
                         "text":"Crashes\\tIt closes at once.","lastModified":{"seconds":"%d","nanos":5},"starRating":1,
                         "reviewerLanguage":"nl"}}]}]}
                        """.formatted(seconds))
                .on("POST", "/androidpublisher/v3/applications/org.shop/reviews/gp-1:reply", 200, "{}");
        ObjectNode request = request("GOOGLE_PLAY", "org.shop");
        request.putObject("credentials").put("clientEmail", "bot@play.example").put("privateKey", key("RSA"));
        connect(request);

        UUID id = awaitReview("org.shop/gp-1");
        assertThat(desk.review(id).getString("review.title")).isEqualTo("Crashes");
        assertThat(desk.review(id).getString("review.body")).isEqualTo("It closes at once.");
        assertThat(platform.requests("POST", "/token").getFirst().body())
                .contains("jwt-bearer")
                .contains("assertion=ey");
        EventCollector.Published failed = await(id, "ReviewReplyFailed", send(id, "x".repeat(351)));
        assertThat(failed.data().path("reason").asText()).isEqualTo("TOO_LONG");
        answer(id, "Update, please.");
        assertThat(platform.requests("POST", ":reply").getFirst().body())
                .isEqualTo("{\"replyText\":\"Update, please.\"}");
    }

    @Test
    @Proves({"R-1", "R-5"})
    void shouldReadAndAnswerTheAppStore() throws GeneralSecurityException {
        platform.on(
                        "GET",
                        "/v1/apps/99/customerReviews?",
                        asked -> new CannedPlatform.Answer(
                                200,
                                asked.uri().contains("cursor=two")
                                        ? apps("as-2", "") + "}"
                                        : apps("as-1", "")
                                                + ",\"links\":{\"next\":\"https://elsewhere.invalid/v1/apps/99/customerReviews"
                                                + "?cursor=two&limit=200\"}}"))
                .on("POST", "/v1/customerReviewResponses", 201, "{}");
        ObjectNode request = request("APP_STORE", "99");
        request.remove("tokenUrl");
        request.putObject("credentials")
                .put("issuerId", "issuer")
                .put("keyId", "key-1")
                .put("privateKey", key("EC"));
        connect(request);

        UUID id = awaitReview("99/as-1");
        awaitReview("99/as-2");
        assertThat(desk.review(id).getString("review.authorName")).isEqualTo("applesauce");
        assertThat(platform.requests("GET", "/customerReviews").getFirst().authorization())
                .startsWith("Bearer ey");
        answer(id, "Which version do you use?");
        assertThat(platform.requests("POST", "/v1/customerReviewResponses")
                        .getFirst()
                        .body())
                .contains("\"id\":\"as-1\"")
                .contains("Which version do you use?");
    }

    private static String apps(String id, String ignored) {
        return """
                {"data":[{"type":"customerReviews","id":"%s","attributes":{"rating":2,"title":"Logs me out","body":"Daily.",
                 "reviewerNickname":"applesauce","createdDate":"2026-03-05T04:00:00-08:00","territory":"NLD"},
                 "relationships":{"response":{"data":null}}}]%s
                """.formatted(id, ignored);
    }

    private static String key(String type) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
        if (type.equals("EC")) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        }
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(generator.generateKeyPair().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    private ObjectNode request(String name, String channel) {
        ObjectNode request = desk.connectionRequest()
                .put("platform", name)
                .put("baseUrl", platform.baseUrl())
                .put("tokenUrl", platform.baseUrl() + "/token");
        request.putArray("channels").add(channel);
        return request;
    }

    private void connect(ObjectNode request) {
        TestDesk.put(desk.admin, connection, request).then().statusCode(201);
        TestDesk.post(desk.admin, "/api/v1/review-connections/" + connection + "/test")
                .then()
                .statusCode(200);
    }

    private UUID awaitReview(String externalId) {
        return UUID.fromString(org.awaitility.Awaitility.await(externalId)
                .atMost(TestDesk.PATIENCE)
                .until(
                        () -> TestDesk.get(desk.lead, "/api/v1/review-ledger?connectionId=" + connection)
                                .jsonPath()
                                .getString("items.find { it.externalId == '" + externalId + "' }.reviewId"),
                        java.util.Objects::nonNull));
    }

    private EventCollector.Published answer(UUID review, String text) {
        return await(review, "ReviewReplied", send(review, text));
    }

    private UUID send(UUID review, String text) {
        UUID message = UUID.randomUUID();
        GoldenExample example = Contracts.example("tickets", "MessageAdded", "review");
        example.data()
                .put("ticketId", ticket.toString())
                .put("reviewId", review.toString())
                .put("messageId", message.toString())
                .put("mailCopy", true);
        example.personal().put("bodyText", text);
        sender.send("tickets", "MessageAdded", ticket, ++sequence, example.data(), example.personal());
        return message;
    }

    private long sequence;

    private EventCollector.Published await(UUID review, String type, UUID message) {
        return events.await(
                type,
                event -> event.type().equals(type)
                        && event.subject().equals(review)
                        && event.data().path("messageId").asText().equals(message.toString()));
    }
}
