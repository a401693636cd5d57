package org.stonechat.ticket.bulk;

import java.time.Duration;
import java.util.Map;

import org.awaitility.Awaitility;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;

/// Jobs as people start them and look after them.
final class Jobs {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private Jobs() {}

    /// @return the job's id
    static String start(RequestSpecification who, Map<String, Object> body) {
        return who.body(body)
                .post("/api/v1/bulk-jobs")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
    }

    /// Waits until it is done or was stopped.
    static JsonPath finished(RequestSpecification who, String job) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .until(
                        () -> RestAssured.given()
                                .spec(who)
                                .get("/api/v1/bulk-jobs/{id}", job)
                                .then()
                                .statusCode(200)
                                .extract()
                                .jsonPath(),
                        progress -> !"RUNNING".equals(progress.getString("state")));
    }
}
