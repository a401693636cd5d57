package org.stonechat.review;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;

import org.awaitility.Awaitility;
import org.stonechat.testing.Tokens;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;

import static io.restassured.RestAssured.given;

/// The front door as tests use it: one department, one connection to a fake platform, and the people who work
/// there.
public final class TestDesk implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    public static final Duration PATIENCE = Duration.ofSeconds(90);

    public final UUID department = UUID.randomUUID();
    public final UUID team = UUID.randomUUID();
    public final UUID connection = UUID.randomUUID();
    public final FakePlatform platform = new FakePlatform();
    public final String admin = Tokens.of("ada").role("admin").allDepartments().build();
    public final String lead =
            Tokens.of("lena").role("lead").department(department).build();
    public final String agent =
            Tokens.of("alice").role("agent").department(department).build();
    public final String stranger =
            Tokens.of("max").role("lead").department(UUID.randomUUID()).build();

    private boolean connected;

    /// What an admin would send: up to three stars become tickets of the team.
    public ObjectNode connectionRequest() {
        ObjectNode request = JSON.createObjectNode();
        request.put("name", "Northwind at Trusted Shops")
                .put("platform", "TRUSTED_SHOPS")
                .put("departmentId", department.toString())
                .put("baseUrl", platform.baseUrl())
                .put("tokenUrl", platform.tokenUrl())
                .put("pollInterval", "PT1S")
                .put("inboxUrlTemplate", "https://inbox.example/reviews/{reviewId}");
        request.putObject("credentials").put("clientId", "sim-client").put("clientSecret", "sim-secret");
        request.putArray("channels").add(FakePlatform.CHANNEL);
        ArrayNode criteria = request.putArray("criteria");
        ObjectNode criterion = criteria.addObject().put("name", "Up to three stars");
        criterion.put("maxStars", 3).put("teamId", team.toString()).put("priority", "HIGH");
        criterion.putArray("tags").add("review");
        return request;
    }

    public Response put(ObjectNode request) {
        connected = true;
        return put(admin, connection, request);
    }

    public static Response put(String token, UUID id, ObjectNode request) {
        return given().auth()
                .oauth2(token)
                .contentType("application/json")
                .body(request.toString())
                .put("/api/v1/review-connections/" + id);
    }

    public void connect() {
        put(connectionRequest()).then().statusCode(201);
    }

    public String path(String below) {
        return "/api/v1/review-connections/" + connection + below;
    }

    public JsonPath connectionView() {
        return get(admin, "/api/v1/review-connections/" + connection).jsonPath();
    }

    public static Response get(String token, String path) {
        return given().auth().oauth2(token).get(path);
    }

    public static Response post(String token, String path, Object body) {
        return given().auth()
                .oauth2(token)
                .contentType("application/json")
                .body(body)
                .post(path);
    }

    public static Response post(String token, String path) {
        return given().auth().oauth2(token).post(path);
    }

    public List<Map<String, Object>> ledger() {
        return get(lead, "/api/v1/review-ledger?connectionId=" + connection)
                .jsonPath()
                .getList("items");
    }

    /// Waits until the ledger's entry of a review is as wanted.
    public Map<String, Object> awaitEntry(String externalId, Predicate<Map<String, Object>> wanted) {
        return Awaitility.await("ledger entry of " + externalId)
                .atMost(PATIENCE)
                .until(
                        () -> ledger().stream()
                                .filter(entry -> externalId.equals(entry.get("externalId")))
                                .filter(wanted)
                                .findFirst()
                                .orElse(null),
                        java.util.Objects::nonNull);
    }

    public Map<String, Object> awaitEntry(String externalId, String state) {
        return awaitEntry(externalId, entry -> state.equals(entry.get("state")));
    }

    public UUID awaitReview(String externalId) {
        return UUID.fromString(awaitEntry(externalId, entry -> entry.get("reviewId") != null)
                .get("reviewId")
                .toString());
    }

    public JsonPath review(UUID id) {
        return get(lead, "/api/v1/reviews/" + id).jsonPath();
    }

    /// How the ledger agrees with the platform's own count.
    public ValidatableResponse reconciliation() {
        return get(lead, "/api/v1/review-ledger/reconciliation?connectionId=" + connection)
                .then()
                .statusCode(200);
    }

    /// How far polling has come.
    public JsonPath progress() {
        return get(lead, path("/progress")).then().statusCode(200).extract().jsonPath();
    }

    /// Waits until that many polls more have asked for reviews, so that whatever was there has been taken in.
    public void awaitPolls(int more) {
        // A page of the poll that is running may have been answered before; one poll more makes sure.
        long before = platform.count("GET", "/reviews?");
        Awaitility.await("polls").atMost(PATIENCE).until(() -> platform.count("GET", "/reviews?") >= before + more + 1);
    }

    @Override
    public void close() {
        if (connected) {
            ObjectNode request = connectionRequest().put("paused", true);
            put(request).then().statusCode(200);
        }
        platform.close();
    }
}
