package org.stonechat.review.connection;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.review.FakePlatform;
import org.stonechat.review.TestDesk;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

@QuarkusTest
@WithRealParts
class ConnectionIT {

    private static final String CONNECTIONS = "/api/v1/review-connections";

    @Inject
    DataSource dataSource;

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
    void shouldMakeAConnectionOnceAndChangeItAfterwards() {
        Response made = desk.put(desk.connectionRequest());
        made.then().statusCode(201).header("ETag", notNullValue()).body("state", equalTo("OK"));

        ObjectNode change = desk.connectionRequest().put("name", "Renamed");
        change.remove("credentials");
        Response changed = desk.put(change);

        changed.then().statusCode(200).body("name", equalTo("Renamed")).body("pollInterval", equalTo("PT1S"));
        assertThat(changed.header("ETag")).isNotEqualTo(made.header("ETag"));
        given().auth()
                .oauth2(desk.admin)
                .contentType("application/json")
                .header("If-Match", made.header("ETag"))
                .body(change.toString())
                .put(CONNECTIONS + "/" + desk.connection)
                .then()
                .statusCode(412)
                .body("code", equalTo("version-stale"));
    }

    @Test
    void shouldNeverShowCredentialsAndKeepThemSealed() throws SQLException {
        String answers = desk.put(desk.connectionRequest()).asString()
                + TestDesk.get(desk.admin, CONNECTIONS).asString()
                + TestDesk.get(desk.admin, CONNECTIONS + "/" + desk.connection).asString();

        assertThat(answers).doesNotContain("sim-secret").doesNotContain("sim-client");
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select credentials from review_connection where id = ?")) {
            select.setObject(1, desk.connection);
            try (ResultSet rows = select.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(new String(rows.getBytes(1), StandardCharsets.ISO_8859_1))
                        .doesNotContain("sim-secret")
                        .doesNotContain("sim-client");
            }
        }
    }

    @Test
    @Proves("G-7")
    void shouldLeaveALineOfAChangedConnectionWithoutItsCredentials() {
        desk.connect();
        desk.put(desk.connectionRequest().put("tokenUrl", desk.platform.tokenUrl() + "/moved"));

        String lines = "items.findAll { it.subjectId == '" + desk.connection + "' }";
        Response audit = TestDesk.get(desk.admin, "/api/v1/operations/reviews/audit?kind=review-connection&limit=200");
        audit.then().statusCode(200);
        assertThat(audit.jsonPath().getList(lines + "[0].changes.field"))
                .containsExactlyInAnyOrder("tokenUrl", "credentials");
        assertThat(audit.jsonPath().getBoolean(lines + "[0].changes.find { it.field == 'credentials' }.withheld"))
                .isTrue();
        assertThat(audit.jsonPath().getList(lines)).hasSize(2);
        assertThat(audit.asString()).doesNotContain("sim-secret").doesNotContain("sim-client");
        TestDesk.get(desk.lead, "/api/v1/operations/reviews/audit").then().statusCode(403);
        TestDesk.get(
                        Tokens.of("eve")
                                .role("admin")
                                .department(UUID.randomUUID())
                                .build(),
                        "/api/v1/operations/reviews/audit")
                .then()
                .statusCode(403);
    }

    @Test
    void shouldLetAdminsConfigureLeadsReadAndOthersNothing() {
        desk.connect();
        String one = CONNECTIONS + "/" + desk.connection;

        TestDesk.get(desk.lead, one).then().statusCode(200);
        TestDesk.get(desk.lead, CONNECTIONS)
                .then()
                .statusCode(200)
                .body("items.id", hasItem(desk.connection.toString()));
        TestDesk.get(desk.agent, one).then().statusCode(403);
        TestDesk.get(desk.agent, CONNECTIONS).then().statusCode(403);
        TestDesk.put(desk.lead, desk.connection, desk.connectionRequest())
                .then()
                .statusCode(403);
        TestDesk.post(desk.lead, one + "/test").then().statusCode(403);
        given().get(one).then().statusCode(401).contentType("application/problem+json");
        given().get(CONNECTIONS).then().statusCode(401);
        given().post(one + "/test").then().statusCode(401);
        given().contentType("application/json")
                .body(desk.connectionRequest().toString())
                .put(one)
                .then()
                .statusCode(401);
    }

    @Test
    void shouldHideAnotherDepartmentsConnections() {
        desk.connect();
        String one = CONNECTIONS + "/" + desk.connection;
        String elsewhere =
                Tokens.of("eve").role("admin").department(UUID.randomUUID()).build();

        TestDesk.get(desk.stranger, one).then().statusCode(404);
        TestDesk.get(desk.stranger, CONNECTIONS)
                .then()
                .statusCode(200)
                .body("items.id", not(hasItem(desk.connection.toString())));
        TestDesk.put(elsewhere, desk.connection, desk.connectionRequest())
                .then()
                .statusCode(404);
        TestDesk.post(elsewhere, one + "/test").then().statusCode(404);
    }

    @Test
    void shouldNotLetAnAdminTakeOverAnotherDepartmentsConnection() {
        desk.connect();
        UUID own = UUID.randomUUID();
        String elsewhere = Tokens.of("eve").role("admin").department(own).build();

        TestDesk.put(elsewhere, desk.connection, desk.connectionRequest().put("departmentId", own.toString()))
                .then()
                .statusCode(404);
        assertThat(desk.connectionView().getString("departmentId")).isEqualTo(desk.department.toString());
    }

    @Test
    void shouldRefuseWhatCannotWork() {
        ObjectNode withoutCredentials = desk.connectionRequest();
        withoutCredentials.remove("credentials");
        refused(withoutCredentials, 422, "credentials-missing");
        refused(desk.connectionRequest().put("pollInterval", "PT0S"), 422, "poll-interval-invalid");
        refused(desk.connectionRequest().put("baseUrl", "ftp://somewhere"), 400, "request-invalid");
        refused(desk.connectionRequest().put("baseUrl", "http://user:pass@host"), 400, "request-invalid");
        refused(desk.connectionRequest().put("name", "nul\0"), 400, "request-invalid");
        refused(desk.connectionRequest().put("surprise", 1), 400, "field-unknown");
        ObjectNode twice = desk.connectionRequest();
        twice.withArray("criteria").addObject().put("name", "Up to three stars");
        refused(twice, 422, "criteria-invalid");
        ObjectNode never = desk.connectionRequest();
        never.withArray("criteria")
                .addObject()
                .put("name", "never")
                .put("minStars", 4)
                .put("maxStars", 2);
        refused(never, 422, "criteria-invalid");
        TestDesk.get(desk.admin, CONNECTIONS + "/" + desk.connection).then().statusCode(404);
    }

    @Test
    void shouldTryAConnectionOut() {
        desk.connect();

        TestDesk.post(desk.admin, CONNECTIONS + "/" + desk.connection + "/test")
                .then()
                .statusCode(200)
                .body("ok", equalTo(true))
                .body("channels.ref", hasItem(FakePlatform.CHANNEL));
        TestDesk.post(desk.admin, CONNECTIONS + "/" + UUID.randomUUID() + "/test")
                .then()
                .statusCode(404);
    }

    @Test
    @Proves("R-1")
    void shouldStopPollingVisiblyWhenCredentialsAreRefusedAndStartAgainWithGoodOnes() {
        desk.platform.acceptOnly("another-secret");
        desk.connect();

        await().atMost(TestDesk.PATIENCE)
                .until(() -> desk.connectionView().getString("state").equals("AUTH_FAILED"));
        assertThat(desk.connectionView().getString("stateReason")).contains("401");
        TestDesk.post(desk.admin, CONNECTIONS + "/" + desk.connection + "/test")
                .then()
                .statusCode(200)
                .body("ok", equalTo(false))
                .body("failure", equalTo("AUTH"));

        ObjectNode mended = desk.connectionRequest();
        mended.putObject("credentials").put("clientId", "sim-client").put("clientSecret", "another-secret");
        desk.put(mended).then().statusCode(200).body("state", equalTo("OK"));
        desk.awaitPolls(1);
        assertThat(desk.connectionView().getString("state")).isEqualTo("OK");
    }

    @Test
    @Proves({"R-1", "R-3"})
    void shouldOfferThePlatformsChannelsAndWhatTheirReviewsComeTo() {
        desk.connect();

        TestDesk.get(desk.admin, desk.path("/channels"))
                .then()
                .statusCode(200)
                .body("items.ref", hasItem(FakePlatform.CHANNEL));
        TestDesk.get(desk.lead, desk.path("/channels/" + FakePlatform.CHANNEL + "/rating"))
                .then()
                .statusCode(200)
                .body("items.find { it.period == 'overall' }.count", equalTo(812))
                .body("items.find { it.period == 'overall' }.distribution['5']", equalTo(660));
        TestDesk.get(desk.lead, desk.path("/channels/chl-unknown/rating"))
                .then()
                .statusCode(404);
        desk.platform.answerOnce("GET", "/channels", 503);
        TestDesk.get(desk.admin, desk.path("/channels"))
                .then()
                .statusCode(502)
                .body("code", equalTo("platform-unavailable"));
    }

    @Test
    @Proves("R-1")
    void shouldPauseAndResume() {
        desk.connect();
        desk.awaitPolls(1);

        TestDesk.post(desk.admin, desk.path("/pause")).then().statusCode(200).body("paused", equalTo(true));
        desk.platform.show(FakePlatform.review("rev-1", 2, java.time.Instant.parse("2026-03-05T12:00:00Z")));
        TestDesk.post(desk.admin, desk.path("/pause")).then().statusCode(200);
        TestDesk.post(desk.admin, desk.path("/resume")).then().statusCode(200).body("paused", equalTo(false));
        desk.awaitReview("rev-1");
    }

    @Test
    @Proves("R-1")
    void shouldSayWhatEachPlatformCanDoAndWantsToKnow() {
        TestDesk.get(desk.admin, CONNECTIONS + "/platforms")
                .then()
                .statusCode(200)
                .body(
                        "items.platform",
                        org.hamcrest.Matchers.hasItems(
                                "TRUSTED_SHOPS",
                                "TRUSTPILOT",
                                "GOOGLE_BUSINESS",
                                "GOOGLE_PLAY",
                                "APP_STORE",
                                "WEBHOOK",
                                "CSV"))
                .body("items.find { it.platform == 'GOOGLE_BUSINESS' }.capabilities.replyLimit.unit", equalTo("BYTES"))
                .body("items.find { it.platform == 'GOOGLE_PLAY' }.capabilities.replyLimit.value", equalTo(350))
                .body("items.find { it.platform == 'APP_STORE' }.credentialFields.name", hasItem("keyId"))
                .body("items.find { it.platform == 'TRUSTED_SHOPS' }.capabilities.reportReasons", hasItem("ABUSIVE"))
                .body(
                        "items.find { it.platform == 'TRUSTPILOT' }.capabilities.reportReasons",
                        equalTo(java.util.List.of()));
    }

    @Test
    @Proves("R-1")
    void shouldRefuseWhatThePlatformCannotBeforeAnythingIsSent() {
        ObjectNode play = desk.connectionRequest().put("platform", "GOOGLE_PLAY");
        refused(play, 422, "credentials-invalid");
        play.remove("credentials");
        refused(play, 422, "credentials-missing");
        play.putObject("credentials").put("clientEmail", "bot@play.example").put("privateKey", "not a key");
        refused(play, 422, "credentials-invalid");
        refused(play.deepCopy().put("productReviews", true), 422, "platform-cannot");
        play.putArray("channels");
        refused(play, 422, "channels-missing");
        ObjectNode odd = desk.connectionRequest();
        odd.putObject("settings").put("colour", "blue");
        refused(odd, 422, "settings-invalid");
        refused(desk.connectionRequest().put("platform", "MYSPACE"), 400, "request-invalid");
        ObjectNode weak = desk.connectionRequest().put("platform", "WEBHOOK");
        weak.putObject("credentials").put("secret", "whsec_c2hvcnQ=");
        refused(weak, 422, "credentials-invalid");
        assertThat(desk.platform.requests()).isEmpty();
    }

    @Test
    @Proves("G-4")
    void shouldKeepTheNewOperationsFromThoseWhoMayNot() {
        desk.connect();
        String elsewhere =
                Tokens.of("eve").role("admin").department(UUID.randomUUID()).build();
        for (String read : new String[] {"/channels", "/progress", "/channels/x/rating"}) {
            given().get(desk.path(read)).then().statusCode(401);
            TestDesk.get(desk.agent, desk.path(read)).then().statusCode(403);
            TestDesk.get(elsewhere, desk.path(read)).then().statusCode(404);
        }
        TestDesk.get(desk.lead, desk.path("/channels")).then().statusCode(403);
        TestDesk.get(desk.agent, CONNECTIONS + "/platforms").then().statusCode(403);
        given().get(CONNECTIONS + "/platforms").then().statusCode(401);
        for (String act : new String[] {"/pause", "/resume"}) {
            given().post(desk.path(act)).then().statusCode(401);
            TestDesk.post(desk.lead, desk.path(act)).then().statusCode(403);
            TestDesk.post(elsewhere, desk.path(act)).then().statusCode(404);
        }
    }

    private void refused(ObjectNode request, int status, String code) {
        TestDesk.put(desk.admin, desk.connection, request)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code));
    }
}
