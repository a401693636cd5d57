package org.stonechat.notification;

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
                .get("/api/v1/mail-ledger")
                .then()
                .statusCode(200)
                .body("items.size()", greaterThan(0));
    }
}
