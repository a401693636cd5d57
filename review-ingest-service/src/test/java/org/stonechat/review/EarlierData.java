package org.stonechat.review;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.stonechat.testing.Tokens;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThan;

/// What has to hold over the data of any earlier version: its migrations go on from there, and what people had is
/// still there.
abstract class EarlierData {

    @Test
    void shouldStartOverItAndShowIt() {
        await().atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> given().get("/q/health/ready").then().statusCode(200));
        given().auth()
                .oauth2(Tokens.of("ada").role("admin").allDepartments().build())
                .get("/api/v1/reviews")
                .then()
                .statusCode(200)
                .body("items.size()", greaterThan(0));
    }
}
