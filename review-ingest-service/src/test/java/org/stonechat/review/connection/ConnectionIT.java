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

    private void refused(ObjectNode request, int status, String code) {
        TestDesk.put(desk.admin, desk.connection, request)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code));
    }
}
