package org.stonechat.simulator;

import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

@QuarkusTest
@QuarkusTestResource(LocalMail.class)
class FaultSwitchesIT {

    private final String channel = "chl-" + UUID.randomUUID();
    private final String list = "/etrusted/reviews?channels=" + channel;

    @AfterEach
    void heal() {
        given().delete("/control/faults").then().statusCode(204);
    }

    @Test
    void shouldMeanOnlyTheCallsItWasToldOf() {
        fault(Map.of("kind", "SERVER_ERROR", "only", channel));

        signedIn().get("/etrusted/channels").then().statusCode(200);
        signedIn().get(list).then().statusCode(500);
        signedIn().get(list).then().statusCode(200);
    }

    @Test
    void shouldBreakOffInTheMiddleOfTheJson() {
        add();
        fault(Map.of("kind", "BROKEN_JSON", "only", channel));

        String broken = signedIn().get(list).then().statusCode(200).extract().asString();
        assertThat(broken).startsWith("{").doesNotEndWith("}");
        signedIn().get(list).then().statusCode(200).body("items", hasSize(1));
    }

    @Test
    void shouldTakeInAReviewOfTheSameChannelWhileSomebodyPages() {
        add();
        fault(Map.of("kind", "INSERT_WHILE_PAGING", "only", channel));

        signedIn().get(list).then().body("items", hasSize(1));
        signedIn().get(list).then().body("items", hasSize(2));
    }

    @Test
    void shouldStoreAnAnswerLongBeforeItSaysSo() {
        String id = add();
        fault(Map.of("kind", "REPLY_STORED_BUT_SLOW", "only", id, "delay", "PT0.7S"));

        long began = System.nanoTime();
        reply(id);

        assertThat(System.nanoTime() - began).isGreaterThan(650_000_000L);
        given().get("/control/reviews/" + id).then().body("replyPosts", equalTo(1));
    }

    @Test
    void shouldKeepAJournalOfItsCalls() {
        int before = given().get("/control/calls").then().extract().path("last");
        String id = add();
        fault(Map.of("kind", "RATE_LIMITED", "only", channel, "retryAfter", "PT1S"));
        signedIn().get(list).then().statusCode(429);
        signedIn().get(list + "&count=5").then().statusCode(200);
        reply(id);

        given().queryParam("after", before)
                .queryParam("only", channel)
                .get("/control/calls")
                .then()
                .body("calls", hasSize(2))
                .body("calls[0].status", equalTo(429))
                .body("calls[1].method", equalTo("GET"))
                .body("calls[1].address", containsString("count=5"));
        given().queryParam("only", id + "/reply")
                .get("/control/calls")
                .then()
                .body("calls", hasSize(1))
                .body("calls[0].status", equalTo(200))
                .body("calls[0].number", not(equalTo(before)));
    }

    @Test
    void shouldMisbehaveAtTheOtherPlatformsToo() {
        String unit = "bu-" + UUID.randomUUID();
        String base = "/trustpilot/v1/private/";
        String id = given().contentType("application/json")
                .body("{}")
                .post("/control/platforms/trustpilot/reviews?source=" + unit)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String units = base + "business-units/" + unit + "/reviews";

        fault(Map.of("kind", "DOUBLED_PAGE", "only", unit));
        signedIn().get(units).then().body("reviews", hasSize(2));
        fault(Map.of("kind", "BROKEN_JSON", "only", unit));
        assertThat(signedIn().get(units).then().extract().asString()).doesNotEndWith("}");
        fault(Map.of("kind", "REPLY_STORED_BUT_500", "only", id));
        signedIn()
                .contentType("application/json")
                .body("{\"authorBusinessUserId\":\"u\",\"message\":\"Sorry\"}")
                .post(base + "reviews/" + id + "/reply")
                .then()
                .statusCode(500);
        signedIn().get(base + "reviews/" + id).then().body("companyReply.text", equalTo("Sorry"));
    }

    private String add() {
        return given().contentType("application/json")
                .body(Map.of("stars", 2, "comment", "It came broken.", "channel", channel))
                .post("/control/reviews")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static void reply(String id) {
        signedIn()
                .contentType("application/json")
                .body("{\"comment\":\"Danke\"}")
                .post("/etrusted/reviews/" + id + "/reply")
                .then()
                .statusCode(200);
    }

    private static void fault(Map<String, Object> fault) {
        given().contentType("application/json")
                .body(fault)
                .post("/control/faults")
                .then()
                .statusCode(201);
    }

    private static RequestSpecification signedIn() {
        return given().auth()
                .oauth2(given().contentType("application/x-www-form-urlencoded")
                        .formParams(Map.of(
                                "client_id", "sim-client",
                                "client_secret", "sim-secret",
                                "grant_type", "client_credentials",
                                "audience", "https://api.etrusted.com"))
                        .post("/etrusted/oauth/token")
                        .then()
                        .extract()
                        .path("access_token"));
    }
}
