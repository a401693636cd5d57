package org.stonechat.testing.work;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.work.DueWork;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

@QuarkusTest
@WithRealParts
class DueWorkOperationsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final String ADDRESS = "/api/v1/operations/kit/due-work";

    @Inject
    DueWork work;

    @Inject
    Deliveries deliveries;

    @Inject
    InstantSource clock;

    @Test
    void shouldShowFailedWorkToAnAdminWhoHasItTriedAgain() {
        // given
        QuarkusTransaction.requiringNew()
                .run(() -> work.scheduleOnce(Deliveries.KIND, "message-1", clock.instant(), null, Map.of()));
        await().atMost(PATIENCE).untilAsserted(() -> list("FAILED").body("items.size()", equalTo(1)));
        String id = list("FAILED")
                .body("items[0].subject", equalTo("message-1"))
                .body("items[0].lastError", equalTo("mailbox full"))
                .body("items[0].attempt", equalTo(1))
                .extract()
                .path("items[0].id");

        // when
        deliveries.repair();
        as("admin").post(ADDRESS + "/" + id + "/retry").then().statusCode(200).body("state", equalTo("OPEN"));

        // then
        await().atMost(PATIENCE).untilAsserted(() -> list("DONE").body("items.size()", equalTo(1)));
        as("admin").post(ADDRESS + "/" + id + "/retry").then().statusCode(409).body("code", equalTo("conflict"));
    }

    @Test
    void shouldShowAsMetricsWhatIsOpenLateAndFailed() {
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("stonechat_due_work_open{kind=\"" + Deliveries.KIND + "\"}"))
                .body(containsString("stonechat_due_work_overdue_seconds{kind=\"" + Deliveries.KIND + "\"}"))
                .body(containsString("stonechat_due_work_failed{kind=\"" + Deliveries.KIND + "\"}"));
    }

    @Test
    void shouldKnowNoWorkOfAnotherServiceOrId() {
        as("admin").get("/api/v1/operations/another/due-work").then().statusCode(404);
        as("admin").post(ADDRESS + "/" + Uuid7.next() + "/retry").then().statusCode(404);
    }

    @Test
    void shouldShowDueWorkToNobodyElse() {
        as("agent").get(ADDRESS).then().statusCode(403);
        as("lead").post(ADDRESS + "/" + Uuid7.next() + "/retry").then().statusCode(403);
        given().get(ADDRESS).then().statusCode(401);
    }

    private static ValidatableResponse list(String state) {
        return as("admin")
                .queryParam("kind", Deliveries.KIND)
                .queryParam("state", state)
                .get(ADDRESS)
                .then()
                .statusCode(200);
    }

    private static RequestSpecification as(String role) {
        return given().auth()
                .oauth2(Tokens.of("ada").role(role).allDepartments().build());
    }
}
