package org.stonechat.gateway;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.stonechat.testing.Proves;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.smallrye.jwt.build.Jwt;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.containsStringIgnoringCase;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@QuarkusTestResource(FakeServices.class)
class GatewayIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TestHTTPResource
    URI gateway;

    @Inject
    @ConfigProperty(name = "stonechat.gateway.services.rating-service")
    String ratingService;

    @Test
    @Proves("G-1")
    void shouldSendEachPathToItsOwner() {
        as("route")
                .urlEncodingEnabled(false)
                .get("/api/v1/tickets/1/messages?limit=5&after=a%20b")
                .then()
                .statusCode(200)
                .body("service", equalTo("ticket-service"))
                .body("uri", equalTo("/api/v1/tickets/1/messages?limit=5&after=a%20b"));
        as("route")
                .get("/api/v1/operations/ratings/dead-letters")
                .then()
                .statusCode(200)
                .body("service", equalTo("rating-service"));
        as("route").get("/api/v1/portal/ratings").then().statusCode(200).body("service", equalTo("rating-service"));
        as("route").get("/api/v1/portal/tickets").then().statusCode(200).body("service", equalTo("ticket-service"));
        refused(as("route").get("/api/v1/ticketsandmore").then(), 404, "not-found");
        refused(as("route").get("/q/openapi").then(), 404, "not-found");
    }

    @Test
    @Proves("G-1")
    void shouldOpenTheRatingPageWithoutToken() {
        given().get("/rate/abc.def")
                .then()
                .statusCode(200)
                .body("service", equalTo("rating-service"))
                .body("uri", equalTo("/rate/abc.def"));
    }

    @Test
    void shouldLetSignedCallsThroughWithoutTokenAndNothingBesideThem() {
        String id = UUID.randomUUID().toString();
        given().contentType("application/json")
                .body("{}")
                .post("/api/v1/channels/{id}/inbound", id)
                .then()
                .statusCode(200)
                .body("service", equalTo("ticket-service"));
        // No replica of this service runs here: that one was looked for shows that the call came through.
        refused(
                given().contentType("application/json")
                        .body("{}")
                        .post("/api/v1/review-connections/{id}/webhook", id)
                        .then(),
                502,
                "upstream-failed");
        for (String path : List.of(
                "/api/v1/channels/" + id,
                "/api/v1/channels/" + id + "/inbound/more",
                "/api/v1/review-connections/" + id,
                "/api/v1/review-connections/" + id + "/test",
                "/api/v1/review-connections/" + id + "/webhook/more",
                "/api/v1/review-connections/" + id + "/imports/webhook",
                "/api/v1/review-connections/webhook",
                "/api/v1/reviews/" + id + "/webhook")) {
            refused(given().body("{}").post(path).then(), 401, "unauthenticated");
        }
    }

    @Test
    @Proves("G-4")
    void shouldRefuseWhoeverHasNoGoodToken() {
        refused(given().get("/api/v1/tickets").then(), 401, "unauthenticated")
                .header("WWW-Authenticate", equalTo("Bearer"));
        refused(given().auth().oauth2("rubbish").get("/api/v1/tickets").then(), 401, "unauthenticated");
        String foreign = Jwt.subject("x")
                .audience("another")
                .expiresIn(Duration.ofMinutes(1))
                .sign();
        refused(given().auth().oauth2(foreign).get("/api/v1/tickets").then(), 401, "unauthenticated");
        String expired = Jwt.subject("x")
                .audience("stonechat")
                .issuedAt(1_000_000)
                .expiresAt(1_000_100)
                .sign();
        refused(given().auth().oauth2(expired).get("/api/v1/tickets").then(), 401, "unauthenticated");
    }

    @Test
    void shouldRefusePathsThatTwoPartiesCouldReadDifferently() {
        for (String path : List.of(
                "/api/v1/tickets/../../../q/metrics",
                "/api/v1/tickets/%2e%2e/x",
                "/api/v1/tickets/a%2Fb",
                "/api/v1/tickets;a=b",
                "/api/v1/tickets%3Ba=b",
                "/api/v1/tickets/a%3bb",
                "/api/v1/tickets/a%5cb",
                "/api/v1/tickets/a%00",
                "/api/v1/tickets/a%zz",
                "/api/v1/tickets?after=%z",
                "/api/v1//tickets")) {
            String status = raw("GET " + path + " HTTP/1.1\r\nHost: gateway\r\nConnection: close\r\n\r\n")
                    .getFirst();
            assertThat(status).as(path).isEqualTo("HTTP/1.1 400 Bad Request");
        }
    }

    @Test
    @Proves("G-5")
    void shouldRefuseBodiesThatAreTooLarge() {
        byte[] large = new byte[1_100_000];
        refused(as("large").body(large).post("/api/v1/tickets").then(), 413, "payload-too-large");
        as("large")
                .body(new byte[900_000])
                .post("/api/v1/tickets")
                .then()
                .statusCode(200)
                .body("length", equalTo(900_000));
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    @Proves("G-5")
    void shouldCutOffBodiesThatGrowTooLarge(HttpClient.Version version) throws Exception {
        try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
            HttpResponse<String> allowed = client.send(upload(900_000), HttpResponse.BodyHandlers.ofString());
            assertThat(allowed.statusCode()).isEqualTo(200);
            assertThat(allowed.body()).contains("\"length\":900000");

            HttpResponse<String> refused = client.send(upload(3_000_000), HttpResponse.BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(413);
            assertThat(refused.body()).contains("payload-too-large");
        }
    }

    /// Its length is not announced.
    private HttpRequest upload(int length) {
        return HttpRequest.newBuilder(gateway.resolve("/api/v1/tickets"))
                .header("Authorization", "Bearer " + token("large"))
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[length])))
                .build();
    }

    @Test
    @Proves("G-2")
    void shouldSayThatAServiceIsAway() {
        refused(as("down").get("/api/v1/reviews").then(), 502, "upstream-failed")
                .header("X-Correlation-Id", notNullValue());
        refused(as("down").body("{}").post("/api/v1/reviews").then(), 502, "upstream-failed");
    }

    @Test
    void shouldSayThatAServiceIsSilent() {
        refused(as("silent").get("/api/v1/tickets/silent").then(), 504, "upstream-timeout");
        refused(as("silent").body(new byte[5000]).post("/api/v1/tickets/silent").then(), 504, "upstream-timeout");
    }

    @Test
    void shouldSayThatTheOnlyReplicaDeclines() {
        refused(as("busy").get("/api/v1/ratings/declining").then(), 503, "upstream-busy")
                .header("Retry-After", equalTo("1"));
        refused(
                        as("busy")
                                .body(new byte[5000])
                                .post("/api/v1/ratings/declining")
                                .then(),
                        503,
                        "upstream-busy")
                .header("Retry-After", equalTo("1"));
        as("busy").get("/api/v1/ratings").then().statusCode(200).body("service", equalTo("rating-service"));
    }

    @Test
    void shouldPassOnAServicesOwnProblem() {
        as("problem").get("/api/v1/tickets/problem").then().statusCode(503).body("code", equalTo("unavailable"));
    }

    @Test
    @Proves("O-3")
    void shouldUseTheNextReplicaWhenOneIsGone() {
        List<String> replicas = IntStream.range(0, 12)
                .mapToObj(i -> as("next")
                        .body("{}")
                        .post("/api/v1/tickets")
                        .then()
                        .statusCode(200)
                        .extract()
                        .<String>path("replica"))
                .toList();
        assertThat(replicas).contains("a", "b");
    }

    @Test
    @Proves("O-3")
    void shouldTurnToTheNextReplicaWhileOneShutsDown() {
        for (int i = 0; i < 6; i++) {
            as("drain")
                    .body("{}")
                    .post("/api/v1/webhooks")
                    .then()
                    .statusCode(200)
                    .body("replica", equalTo("b"));
        }
    }

    @Test
    void shouldRepeatOnlyWhatMayBeRepeated() {
        int lost = 0;
        for (int i = 0; i < 6; i++) {
            as("repeat").get("/api/v1/reports").then().statusCode(200).body("replica", equalTo("b"));
            as("repeat")
                    .header("Idempotency-Key", "key-" + i)
                    .body("{\"n\":1}")
                    .post("/api/v1/reports")
                    .then()
                    .statusCode(200)
                    .body("length", equalTo(7));
            as("repeat").delete("/api/v1/reports/1").then().statusCode(200);
            int status = as("repeat").body("{}").post("/api/v1/reports").statusCode();
            assertThat(status).isIn(200, 502);
            lost += status == 502 ? 1 : 0;
        }
        assertThat(lost)
                .as("a POST without a key that may have been heard is not sent again")
                .isPositive();
    }

    @Test
    @Proves("G-2")
    void shouldPassOnEachServerSentEventAtOnce() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(gateway.resolve("/api/v1/tickets/stream"))
                .header("Authorization", "Bearer " + token("stream"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<java.io.InputStream> response =
                    client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            BufferedReader lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
            assertThat(lines.readLine()).isEqualTo("id: 1");
            assertThat(lines.readLine()).isEqualTo("data: first");
            // The service says nothing more until it is told to.
            as("stream").post("/api/v1/tickets/go-on").then().statusCode(204);
            assertThat(lines.lines()).contains("data: second");
        }
    }

    @Test
    @Proves("G-2")
    void shouldCarryACorrelationIdInAndOut() {
        String mine = UUID.randomUUID().toString();
        as("correlation")
                .header("X-Correlation-Id", mine)
                .get("/api/v1/tickets")
                .then()
                .header("X-Correlation-Id", equalTo(mine))
                .body("headers.'x-correlation-id'", equalTo(mine));
        String made = as("correlation")
                .header("X-Correlation-Id", "not an id")
                .get("/api/v1/tickets")
                .then()
                .header("X-Correlation-Id", matchesPattern("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"))
                .extract()
                .path("headers.'x-correlation-id'");
        assertThat(made).isNotEqualTo("not an id");
    }

    @Test
    void shouldContinueTheCallersTrace() {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        as("trace")
                .header("traceparent", "00-" + trace + "-b7ad6b7169203331-01")
                .get("/api/v1/tickets")
                .then()
                .body("headers.traceparent", matchesPattern("00-" + trace + "-[0-9a-f]{16}-01"));
    }

    @Test
    void shouldStripWhatBelongsToOneHopAndNameTheCaller() {
        List<String> answer = raw("GET /api/v1/tickets HTTP/1.1\r\nHost: desk.example\r\nAuthorization: Bearer "
                + token("hops")
                + "\r\nConnection: close\r\nConnection: X-Mine\r\nX-Mine: 1\r\nTE: trailers\r\nProxy-Authorization: x\r\n"
                + "X-Forwarded-For: 6.6.6.6\r\nForwarded: for=6.6.6.6\r\nX-Other: 2\r\n\r\n");
        assertThat(answer.getLast())
                .contains(
                        "\"x-other\":\"2\"",
                        "\"x-forwarded-for\":\"127.0.0.1\"",
                        "\"x-forwarded-host\":\"desk.example\"")
                .doesNotContain("x-mine", "\"te\"", "proxy-authorization", "6.6.6.6", "\"forwarded\"");
        as("hops")
                .get("/api/v1/tickets/hops")
                .then()
                .header("X-Secret-Hop", nullValue())
                .header("Keep-Alive", nullValue())
                .header("Server", nullValue())
                .header("Access-Control-Allow-Origin", nullValue())
                .header("Content-Security-Policy", equalTo("sandbox"))
                .header("X-Content-Type-Options", equalTo("nosniff"))
                .header("X-Frame-Options", equalTo("DENY"));
    }

    @Test
    void shouldPassAnswersWithoutBody() {
        for (int i = 0; i < 4; i++) {
            as("empty").get("/api/v1/tickets/nothing").then().statusCode(204);
            as("empty").get("/api/v1/tickets/unchanged").then().statusCode(304).header("ETag", equalTo("\"1\""));
            as("empty").head("/api/v1/tickets").then().statusCode(200);
        }
    }

    @Test
    @Proves("G-2")
    void shouldAllowListedOriginsAlone() {
        given().header("Origin", "http://localhost:5173")
                .header("Access-Control-Request-Method", "PATCH")
                .header("Access-Control-Request-Headers", "authorization,if-match")
                .options("/api/v1/tickets/1")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", equalTo("http://localhost:5173"))
                .header("Access-Control-Allow-Methods", containsString("PATCH"))
                .header("Access-Control-Allow-Headers", containsStringIgnoringCase("if-match"));
        as("cors")
                .header("Origin", "http://localhost:5173")
                .get("/api/v1/tickets")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", equalTo("http://localhost:5173"))
                .header("Access-Control-Expose-Headers", containsString("ETag"));
        given().header("Origin", "http://evil.example")
                .header("Access-Control-Request-Method", "PATCH")
                .options("/api/v1/tickets/1")
                .then()
                .statusCode(403)
                .header("Access-Control-Allow-Origin", nullValue());
        refused(
                        as("cors")
                                .header("Origin", "http://evil.example")
                                .get("/api/v1/tickets")
                                .then(),
                        403,
                        "origin-not-allowed")
                .header("Access-Control-Allow-Origin", nullValue());
        refused(as("cors").header("Origin", "null").get("/api/v1/tickets").then(), 403, "origin-not-allowed");
    }

    @Test
    @Proves("S-2")
    void shouldTakeTheRatingPagesOwnForm() {
        for (String origin : List.of("null", gateway.getScheme() + "://" + gateway.getAuthority())) {
            given().header("Origin", origin)
                    .contentType("application/x-www-form-urlencoded")
                    .formParam("face", "SATISFIED")
                    .post("/rate/abc")
                    .then()
                    .statusCode(200)
                    .body("service", equalTo("rating-service"));
        }
    }

    @Test
    @Proves("G-2")
    void shouldEndTheServicesStreamWhenTheCallerLeaves() throws Exception {
        try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
            String request = "GET /api/v1/tickets/endless HTTP/1.1\r\nHost: gateway\r\nAuthorization: Bearer "
                    + token("leaver") + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(lines.readLine()).startsWith("HTTP/1.1 200");
            assertThat(openStreams()).isEqualTo(1);
        }
        await().atMost(PATIENCE).until(() -> openStreams() == 0);
    }

    /// Of both replicas together.
    private int openStreams() {
        Map<String, Integer> byReplica = new HashMap<>();
        for (int i = 0; i < 20 && byReplica.size() < 2; i++) {
            JsonPath answer = as("counter-" + UUID.randomUUID())
                    .get("/api/v1/tickets/open-streams")
                    .jsonPath();
            byReplica.put(answer.getString("replica"), answer.getInt("open"));
        }
        return byReplica.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Test
    @Proves("G-5")
    void shouldSlowDownACallerWhoAsksTooMuch() {
        as("modest")
                .get("/api/v1/tickets")
                .then()
                .statusCode(200)
                .header("RateLimit-Policy", equalTo("\"caller\";q=60;w=12"))
                .header("RateLimit", matchesPattern("\"caller\";r=\\d+;t=\\d+"));
        ValidatableResponse refused = null;
        for (int i = 0; i < 400 && refused == null; i++) {
            ValidatableResponse answer = as("greedy").get("/api/v1/tickets").then();
            if (answer.extract().statusCode() == 429) {
                refused = answer;
            }
        }
        assertThat(refused).as("one of 400 requests in a row is refused").isNotNull();
        refused(refused, 429, "too-many-requests").header("Retry-After", matchesPattern("[1-9]\\d*"));
        as("modest").get("/api/v1/tickets").then().statusCode(200);
    }

    @Test
    @Proves("G-1")
    void shouldDescribeTheWholeApiInOneDocument() {
        for (String path : List.of("/openapi.json", "/api/v1/openapi.json")) {
            given().get(path)
                    .then()
                    .statusCode(200)
                    .header("ETag", notNullValue())
                    .body("servers[0].url", equalTo("http://localhost:8080"))
                    .body("paths", hasKey("/api/v1/tickets"))
                    .body("paths", hasKey("/api/v1/ratings"))
                    .body("paths", hasKey("/api/v1/operations/tickets/dead-letters"))
                    .body("paths", hasKey("/api/v1/operations/analytics/dead-letters"))
                    .body("paths", not(hasKey("/q/internal")))
                    .body("paths", not(hasKey("/api/v1/operations/{service}/dead-letters")))
                    .body("paths.'/api/v1/operations/tickets/dead-letters'.parameters", nullValue())
                    .body("'x-unavailable'", equalTo(List.of("review-ingest-service")))
                    .body("components.schemas.TicketService_Person.title", equalTo("of ticket-service"))
                    .body("components.schemas.RatingService_Person.title", equalTo("of rating-service"))
                    .body(
                            "components.schemas.RatingService_Page.items.'$ref'",
                            equalTo("#/components/schemas/RatingService_Person"))
                    .body(
                            "paths.'/api/v1/ratings'.get.responses.'200'.'$ref'",
                            equalTo("#/components/schemas/RatingService_Page"))
                    .body("components.schemas", not(hasKey("RatingService_Problem")))
                    .body("components.securitySchemes", hasKey("keycloak"))
                    .body("paths.'/api/v1/ratings'.get.tags", hasItem("things (rating-service)"));
        }
        String etag = given().get("/openapi.json").header("ETag");
        given().header("If-None-Match", etag).get("/openapi.json").then().statusCode(304);
    }

    @Test
    @Proves("G-1")
    void shouldServeABrowsableReferenceFromHere() {
        given().get("/docs")
                .then()
                .statusCode(200)
                .body(containsString("/docs/swagger-ui-bundle.js"))
                .header("Content-Security-Policy", containsString("script-src 'self'"));
        for (String asset : List.of("swagger-ui.css", "swagger-ui-bundle.js", "reference.js", "oauth2-redirect.html")) {
            given().get("/docs/" + asset).then().statusCode(200);
        }
        refused(given().get("/docs/pom.xml").then(), 404, "not-found");
        refused(given().get("/nothing/here").then(), 404, "not-found");
    }

    @Test
    void shouldTellItsOwnHealthAndKeepTheServicesOwnToThem() {
        given().get("/q/health/ready").then().statusCode(200).body("status", equalTo("UP"));
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("stonechat_gateway_replica_ready{"))
                .body(containsString(ratingService));
    }

    private RequestSpecification as(String person) {
        return given().auth().oauth2(token(person)).contentType("application/json");
    }

    private static String token(String person) {
        return Jwt.subject(person)
                .upn(person)
                .audience("stonechat")
                .claim("roles", List.of("agent"))
                .expiresIn(Duration.ofMinutes(5))
                .sign();
    }

    private static ValidatableResponse refused(ValidatableResponse response, int status, String code) {
        return response.statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code))
                .body("status", equalTo(status))
                .body("type", equalTo("urn:stonechat:problem:" + code));
    }

    private List<String> raw(String request) {
        try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .lines()
                    .toList();
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
