package org.stonechat.analytics;

import org.junit.jupiter.api.Test;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.previous.WithPreviousData;

import io.quarkus.test.junit.QuarkusTest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.greaterThan;

/// This version starts over what the first one left: all migrations since then meet rows, and what people had is
/// still there.
@QuarkusTest
@WithPreviousData("first")
class FirstDataIT {

    @Test
    void shouldStartOverTheDataOfTheFirstVersionAndShowIt() {
        given().get("/q/health/ready").then().statusCode(200);
        given().auth()
                .oauth2(Tokens.of("ada").role("admin").allDepartments().build())
                .get("/api/v1/reports/tickets?from=2026-06-01T00:00:00Z&to=2027-06-01T00:00:00Z")
                .then()
                .statusCode(200)
                .body("rows[0].created", greaterThan(0));
    }
}
