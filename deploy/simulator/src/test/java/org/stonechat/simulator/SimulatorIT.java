package org.stonechat.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

@QuarkusTest
@QuarkusTestResource(LocalMail.class)
class SimulatorIT {

    /// Each test has a channel of its own.
    private final String channel = "chl-" + UUID.randomUUID();

    @AfterEach
    void heal() {
        given().delete("/control/faults").then().statusCode(204);
    }

    @Test
    void shouldGiveTokensToItsClientAlone() {
        token(Map.of())
                .statusCode(200)
                .body("access_token", startsWith("sim."))
                .body("expires_in", equalTo(300))
                .body("token_type", equalTo("Bearer"))
                .body("'not-before-policy'", equalTo(0));
        token(Map.of("client_secret", "wrong"))
                .statusCode(401)
                .body("error", notNullValue())
                .body("error_description", notNullValue());
        token(Map.of("grant_type", "password")).statusCode(400).body("error", equalTo("unsupported_grant_type"));
        token(Map.of("audience", "")).statusCode(400);
        given().contentType("application/x-www-form-urlencoded")
                .formParam("client_id", "sim-client")
                .post("/etrusted/oauth/token")
                .then()
                .statusCode(400)
                .body("error", equalTo("invalid_request"));
    }

    @Test
    void shouldRefuseCallsWithoutAGoodTokenAndSayNothing() {
        given().get("/etrusted/reviews").then().statusCode(401).body(equalTo(""));
        given().auth().oauth2("sim.other").get("/etrusted/channels").then().statusCode(401);
        signedIn()
                .get("/etrusted/channels")
                .then()
                .statusCode(200)
                .body("id", hasItems("chl-northwind-0001"))
                .body("find { it.id == 'chl-northwind-0001' }.locale", equalTo("de_DE"));
    }

    @Test
    void shouldPageTowardsOlderReviewsByCursor() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.addFirst(add(Map.of(
                    "submittedAt",
                    Instant.parse("2026-01-01T00:00:00Z").plusSeconds(i).toString())));
        }
        JsonPath first = reviews("count=2");
        assertThat(first.getList("items.id")).isEqualTo(ids.subList(0, 2));
        assertThat(first.getInt("totalElements")).isZero();
        assertThat(first.getString("paging.cursor.after")).isEqualTo(ids.get(1));
        assertThat(first.getString("paging.links.next")).startsWith("https://api.etrusted.com/");
        JsonPath second = reviews("count=2&after=" + ids.get(1));
        assertThat(second.getList("items.id")).isEqualTo(ids.subList(2, 4));
        JsonPath last = reviews("count=2&after=" + ids.get(3));
        assertThat(last.getList("items.id")).isEqualTo(ids.subList(4, 5));
        assertThat(last.getString("paging.cursor.after")).isNull();
        assertThat(reviews("count=2&after=" + ids.get(4)).getString("paging.cursor.after"))
                .isEmpty();
        assertThat(reviews("count=2&before=" + ids.get(3)).getList("items.id")).isEqualTo(ids.subList(1, 3));
        signedIn().get("/etrusted/reviews?after=rev-unknown").then().statusCode(400);
        signedIn().get("/etrusted/reviews?count=1001").then().statusCode(400);
        signedIn().get("/etrusted/reviews/count?channels=" + channel).then().body("totalElements", equalTo(5));
    }

    @Test
    void shouldHideStatementsUnlessAskedForThem() {
        String full = add(Map.of());
        Map<String, Object> bare = new HashMap<>();
        bare.put("comment", null);
        String statement = add(bare);
        assertThat(reviews("").getList("items.id")).containsExactly(full);
        assertThat(reviews("ignoreStatements=false").<String>getList("items.id"))
                .containsExactlyInAnyOrder(full, statement);
    }

    @Test
    void shouldFilterByStatusAndListRejectedOnesUnlessFiltered() {
        String approved = add(Map.of());
        String rejected = add(Map.of("state", "REJECTED"));
        assertThat(reviews("").<String>getList("items.id")).containsExactlyInAnyOrder(approved, rejected);
        assertThat(reviews("status=APPROVED").getList("items.id")).containsExactly(approved);
        assertThat(reviews("rating=1,2&type=SERVICE_REVIEW").getList("items")).hasSize(2);
        assertThat(reviews("rating=5").getList("items")).isEmpty();
        signedIn().get("/etrusted/reviews?status=DISCARDED").then().statusCode(400);
    }

    @Test
    void shouldShowEditsOnTopOfTheUpdatedOnes() {
        String older = add(Map.of());
        String newer = add(Map.of());
        given().contentType("application/json")
                .body(Map.of("stars", 4, "comment", "Doch gut"))
                .patch("/control/reviews/" + older)
                .then()
                .statusCode(200);
        assertThat(reviews("orderBy=updatedAt").getList("items.id")).containsExactly(older, newer);
        signedIn()
                .get("/etrusted/reviews/" + older)
                .then()
                .body("rating", equalTo(4.0f))
                .body("comment", equalTo("Doch gut"))
                .body("editedAt", notNullValue());
    }

    @Test
    void shouldKeepOneReplyAndCountWhatWasSent() {
        String id = add(Map.of());
        reply(id, "{\"comment\":\"Danke\"}", 200);
        given().get("/control/reviews/" + id)
                .then()
                .body("reply.comment", equalTo("Danke"))
                .body("reply.sendNotification", equalTo(false))
                .body("notificationsSent", equalTo(0));
        reply(id, "{\"comment\":\"Danke sehr\",\"sendNotification\":true}", 200);
        given().get("/control/reviews/" + id)
                .then()
                .body("reply.comment", equalTo("Danke sehr"))
                .body("replyPosts", equalTo(2))
                .body("notificationsSent", equalTo(1));
        assertThat(reviews("hasReply=true").getList("items.id")).containsExactly(id);
        reply(id, "{}", 400);
        reply("rev-none", "{\"comment\":\"x\"}", 404);
        signedIn().delete("/etrusted/reviews/" + id + "/reply").then().statusCode(204);
        signedIn().delete("/etrusted/reviews/" + id + "/reply").then().statusCode(404);
        given().get("/control/reviews/" + id).then().body("reply", nullValue()).body("replyDeletes", equalTo(1));
    }

    @Test
    void shouldStoreTheReplyAndStillFail() {
        String id = add(Map.of());
        fault("REPLY_STORED_BUT_500", 1);
        reply(id, "{\"comment\":\"Danke\",\"sendNotification\":true}", 500);
        given().get("/control/reviews/" + id)
                .then()
                .body("reply.comment", equalTo("Danke"))
                .body("notificationsSent", equalTo(1));
    }

    @Test
    void shouldMisbehaveAsOftenAsTold() {
        String one = add(Map.of("submittedAt", "2026-01-01T00:00:00Z"));
        String two = add(Map.of("submittedAt", "2026-01-02T00:00:00Z"));
        RequestSpecification same = signedIn();
        fault("RATE_LIMITED", 2);
        same.get("/etrusted/channels").then().statusCode(429).header("Retry-After", equalTo("3"));
        same.get("/etrusted/channels").then().statusCode(429);
        same.get("/etrusted/channels").then().statusCode(200);
        fault("DOUBLED_PAGE", 1);
        assertThat(reviews("").getList("items.id")).containsExactly(two, one, two, one);
        fault("REORDERED_PAGE", 1);
        assertThat(reviews("").getList("items.id")).containsExactly(one, two);
        fault("TOKEN_EXPIRED", 1);
        same.get("/etrusted/channels").then().statusCode(401);
        same.get("/etrusted/channels").then().statusCode(401);
        signedIn().get("/etrusted/channels").then().statusCode(200);
        given().get("/control/faults").then().body("size()", equalTo(0));
    }

    @Test
    void shouldMakeUpReviewsAndPageThroughThem() {
        given().contentType("application/json")
                .body(Map.of("seed", 7, "count", 250, "channel", channel))
                .post("/control/generate")
                .then()
                .statusCode(201)
                .body("count", equalTo(250));
        given().contentType("application/json")
                .body(Map.of("seed", 7, "count", 250, "channel", channel))
                .post("/control/generate")
                .then()
                .statusCode(409);
        signedIn()
                .get("/etrusted/reviews/count?ignoreStatements=false&channels=" + channel)
                .then()
                .body("totalElements", equalTo(250));
        List<String> seen = new ArrayList<>();
        String after = "";
        while (after != null) {
            JsonPath page = reviews("ignoreStatements=false&count=100" + after);
            seen.addAll(page.getList("items.id"));
            String cursor = page.getString("paging.cursor.after");
            after = cursor == null || cursor.isEmpty() ? null : "&after=" + cursor;
        }
        assertThat(seen).hasSize(250).doesNotHaveDuplicates();
        signedIn().get("/etrusted/reviews/" + seen.getFirst()).then().statusCode(200);
    }

    @Test
    void shouldSpeakTheOtherPlatformsFormats() {
        String source = UUID.randomUUID().toString();
        String trustpilot = other("trustpilot", source, Map.of("stars", 1)).getString("id");
        String bearer = given().auth()
                .preemptive()
                .basic("sim-client", "sim-secret")
                .formParam("grant_type", "client_credentials")
                .post("/trustpilot/v1/oauth/oauth-business-users-for-applications/accesstoken")
                .then()
                .statusCode(200)
                .body("expires_in", equalTo("300"))
                .extract()
                .path("access_token");
        given().auth()
                .oauth2(bearer)
                .get("/trustpilot/v1/private/business-units/" + source + "/reviews?perPage=100")
                .then()
                .statusCode(200)
                .body("reviews.id", hasItems(trustpilot));
        String location = "accounts/" + source + "/locations/2";
        String business = other("google-business", location, Map.of()).getString("name");
        given().auth()
                .oauth2(bearer)
                .contentType("application/json")
                .body(Map.of("comment", "Sorry"))
                .put("/google/v4/" + business + "/reply")
                .then()
                .statusCode(200);
        given().auth()
                .oauth2(bearer)
                .get("/google/v4/" + location + "/reviews")
                .then()
                .body("totalReviewCount", equalTo(1))
                .body("reviews[0].reviewReply.comment", equalTo("Sorry"));
        String play = other("google-play", source, Map.of()).getString("reviewId");
        given().auth()
                .oauth2(bearer)
                .contentType("application/json")
                .body(Map.of("replyText", "x".repeat(351)))
                .post("/google/androidpublisher/v3/applications/" + source + "/reviews/" + play + ":reply")
                .then()
                .statusCode(400);
        given().auth()
                .oauth2(bearer)
                .get("/google/androidpublisher/v3/applications/" + source + "/reviews")
                .then()
                .body("reviews.reviewId", hasItems(play))
                .body("reviews[0].'sim:package'", nullValue());
        String app = other("app-store", source, Map.of()).getString("id");
        given().auth()
                .oauth2(bearer)
                .get("/apple/v1/apps/" + source + "/customerReviews")
                .then()
                .statusCode(200)
                .body("data.id", hasItems(app));
        given().auth()
                .oauth2("a.b.c")
                .get("/apple/v1/apps/" + source + "/customerReviews")
                .then()
                .statusCode(401);
    }

    private static JsonPath other(String platform, String source, Map<String, Object> review) {
        return given().contentType("application/json")
                .body(review)
                .post("/control/platforms/" + platform + "/reviews?source=" + source)
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    @Test
    void shouldOpenACaseForEachReport() {
        String id = add(Map.of());
        signedIn().get("/etrusted/reviews/" + id + "/vetos").then().statusCode(404);
        for (int i = 1; i <= 2; i++) {
            signedIn()
                    .contentType("application/json")
                    .body("{\"comment\":\"so nicht\",\"reason\":\"ABUSIVE\"}")
                    .post("/etrusted/reviews/" + id + "/vetos")
                    .then()
                    .statusCode(200)
                    .body("id", startsWith("vet-"))
                    .body("ticketId", notNullValue())
                    .body("reason", equalTo("ABUSIVE"));
            given().get("/control/reviews/" + id).then().body("vetos", hasSize(i));
        }
        signedIn()
                .contentType("application/json")
                .body("{\"comment\":\"x\",\"reason\":\"BORING\"}")
                .post("/etrusted/reviews/" + id + "/vetos")
                .then()
                .statusCode(400);
    }

    @Test
    void shouldGradeTheShop() {
        add(Map.of("channel", "chl-linden-0001", "stars", 5));
        add(Map.of("channel", "chl-linden-0001", "stars", 2));
        signedIn()
                .get("/etrusted/channels/chl-linden-0001/service-reviews/aggregate-rating")
                .then()
                .statusCode(200)
                .body("'7days'.rating", equalTo(3.5f))
                .body("overall.count", equalTo(2))
                .body("overall.distribution.twoStars", equalTo(1));
    }

    @Test
    void shouldShowTheMailboxesOfWhoeverWroteToTheShop() {
        given().get("/control/mailboxes")
                .then()
                .statusCode(200)
                .body("address", hasItems("carl@customers.example", "zoe@customers.example", "care@linden.example"));
        JsonPath mailbox = given().get("/control/mailboxes/zoe@customers.example")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(mailbox.getString("mails[0].subject")).isEqualTo("Re: Wo bleibt mein Päckchen?");
        assertThat(mailbox.getString("mails[0].inReplyTo")).isEqualTo("<q@x>");
        given().get("/control/mailboxes/zoe@customers.example/" + mailbox.getLong("mails[0].uid"))
                .then()
                .statusCode(200)
                .body("text", containsString("Es kommt morgen"))
                .body("attachments[0].name", equalTo("liste.csv"));
        given().get("/control/mailboxes/nobody").then().statusCode(503);
    }

    @Test
    void shouldShowTheWorldOnOnePageAndRunNothingOfAMail() {
        add(Map.of("title", "Kaputt <i>", "channel", "chl-northwind-0001"));
        given().get("/")
                .then()
                .statusCode(200)
                .contentType(containsString("text/html"))
                .header("Content-Security-Policy", containsString("default-src 'none'"))
                .body(containsString("Kaputt &lt;i&gt;"))
                .body(containsString("★★☆☆☆"))
                .body(containsString("/mailboxes/zoe@customers.example/"));
        long uid = given().get("/control/mailboxes/zoe@customers.example")
                .jsonPath()
                .getLong("mails[0].uid");
        given().get("/mailboxes/zoe@customers.example/" + uid)
                .then()
                .statusCode(200)
                .body(containsString("sandbox=\"allow-popups allow-popups-to-escape-sandbox\""))
                .body(containsString("&lt;script&gt;"))
                .body(not(containsString("<script>")))
                .body(containsString("In-Reply-To"));
        given().get("/mailboxes?address=zoe@customers.example").then().statusCode(200);
        given().get("/mailboxes/nobody@nowhere.example").then().statusCode(404);
    }

    private String add(Map<String, ?> review) {
        Map<String, Object> all = new HashMap<>();
        all.put("stars", 2);
        all.put("title", "Nicht gut");
        all.put("comment", "Kam zu spät");
        all.put("author", "Wilma Weber");
        all.put("email", "wilma@customers.example");
        all.put("order", "NW-1");
        all.put("channel", channel);
        all.putAll(review);
        return given().contentType("application/json")
                .body(all)
                .post("/control/reviews")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private JsonPath reviews(String query) {
        return signedIn()
                .get("/etrusted/reviews?channels=" + channel + "&" + query)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static void reply(String id, String body, int status) {
        signedIn()
                .contentType("application/json")
                .body(body)
                .post("/etrusted/reviews/" + id + "/reply")
                .then()
                .statusCode(status);
    }

    private static void fault(String kind, int count) {
        given().contentType("application/json")
                .body(Map.of("kind", kind, "count", count, "retryAfter", "PT3S"))
                .post("/control/faults")
                .then()
                .statusCode(201);
    }

    private static RequestSpecification signedIn() {
        return given().auth().oauth2(token(Map.of()).extract().path("access_token"));
    }

    private static ValidatableResponse token(Map<String, String> changed) {
        Map<String, String> form = new HashMap<>();
        form.put("client_id", "sim-client");
        form.put("client_secret", "sim-secret");
        form.put("grant_type", "client_credentials");
        form.put("audience", "https://api.etrusted.com");
        form.putAll(changed);
        return given().contentType("application/x-www-form-urlencoded")
                .formParams(form)
                .post("/etrusted/oauth/token")
                .then();
    }
}
