package org.stonechat.review.polling;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.review.FakePlatform;
import org.stonechat.review.PackagedService;
import org.stonechat.testing.Proves;
import org.stonechat.testing.RealParts;

import io.restassured.path.json.JsonPath;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// Two real replicas and one connection; and SIGKILL.
class ReplicasIT {

    private static final Instant NOON = Instant.parse("2026-03-05T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final UUID connection = UUID.randomUUID();
    private final String database = "replicas_" + Long.toHexString(System.nanoTime());
    private FakePlatform platform;
    private PackagedService service;

    @BeforeEach
    void open() {
        platform = new FakePlatform();
        service = new PackagedService(database);
    }

    @AfterEach
    void close() {
        service.close();
        platform.close();
    }

    @Test
    @Proves({"R-1", "R-2", "R-7"})
    void shouldImportEveryReviewOnceThoughOneReplicaIsKilledInTheMiddleAndTheOtherTakesOver() throws Exception {
        int reviews = 3_000;
        platform.pagesOf(100);
        platform.answersTake(Duration.ofMillis(250));
        for (int number = 0; number < reviews; number++) {
            platform.show(FakePlatform.review("rev-" + number, number % 5 + 1, NOON.minusSeconds(number)));
        }
        PackagedService.Replica one = service.start("-Dstonechat.work.lease=PT6S");
        PackagedService.Replica other = service.start("-Dstonechat.work.lease=PT6S");
        connect(one, "PT1S");

        await("the beginning of the import").atMost(PATIENCE).until(() -> read(other) >= 500);
        // Whoever has it: one of the two dies here, and if it was not at work, the other one dies next.
        one.kill9();
        long before = read(other);
        await("the other one to go on").atMost(Duration.ofSeconds(25)).until(() -> read(other) > before + 200);
        PackagedService.Replica third = service.start("-Dstonechat.work.lease=PT6S");
        other.kill9();
        Instant killed = Instant.now();
        long then = read(third);
        await("the third one to take over").atMost(Duration.ofSeconds(25)).until(() -> read(third) > then);
        assertThat(Duration.between(killed, Instant.now())).isLessThan(Duration.ofSeconds(15));

        await("the end of the import")
                .atMost(PATIENCE)
                .until(() -> progress(third).get("everythingReadAt") != null);
        JsonPath agreed = third.get("/api/v1/review-ledger/reconciliation?connectionId=" + connection);
        assertThat(agreed.getInt("missing")).isZero();
        assertThat(agreed.getInt("received")).isEqualTo(reviews);
        assertThat(agreed.getInt("failed")).isZero();
        assertThat(count("select count(*) from review")).isEqualTo(reviews);
        assertThat(count("select count(*) from domain_event where type = 'ReviewImported'"))
                .isEqualTo(reviews);
        assertThat(count("select count(distinct subject) from domain_event where type = 'ReviewImported'"))
                .isEqualTo(reviews);
        assertThat(count("select count(*) from domain_event where type = 'ReviewRouted'"))
                .isEqualTo(count("select count(*) from ledger_entry where state = 'ROUTED'"));
        assertThat(platform.mostAtOnce()).isEqualTo(1);
    }

    @Test
    @Proves("R-1")
    void shouldNeverPollOneConnectionTwiceAtOnce() throws Exception {
        platform.show(FakePlatform.review("rev-1", 2, NOON));
        platform.answersTake(Duration.ofMillis(400));
        PackagedService.Replica one = service.start();
        PackagedService.Replica other = service.start();
        connect(one, "PT1S");

        await("polls").atMost(PATIENCE).until(() -> platform.count("GET", "/reviews?") >= 12);

        assertThat(platform.mostAtOnce()).isEqualTo(1);
        // Each poll comes its interval after the one before it, whichever replica makes it.
        assertThat(platform.shortestBetween()).isGreaterThan(Duration.ofMillis(900));
        assertThat(progress(other).getInt("failuresInARow")).isZero();
    }

    private void connect(PackagedService.Replica replica, String pollInterval) {
        given().auth()
                .oauth2(PackagedService.admin())
                .contentType("application/json")
                .body("""
                        {"name":"Replicas","platform":"TRUSTED_SHOPS","departmentId":"%s","baseUrl":"%s","tokenUrl":"%s",
                         "productReviews":true,"pollInterval":"%s",
                         "credentials":{"clientId":"sim-client","clientSecret":"sim-secret"},
                         "criteria":[{"name":"Up to three stars","maxStars":3}]}
                        """.formatted(UUID.randomUUID(), platform.baseUrl(), platform.tokenUrl(), pollInterval))
                .put(replica.url("/api/v1/review-connections/" + connection))
                .then()
                .statusCode(201);
    }

    private JsonPath progress(PackagedService.Replica replica) {
        return replica.get("/api/v1/review-connections/" + connection + "/progress");
    }

    private long read(PackagedService.Replica replica) {
        JsonPath progress = progress(replica);
        return progress.get("walk") == null
                ? progress.get("everythingReadAt") == null ? 0 : progress.getLong("lastWalkReviews")
                : progress.getLong("walk.reviews");
    }

    private long count(String sql) throws SQLException {
        try (Connection open = DriverManager.getConnection(RealParts.postgres().jdbcUrl(database), database, database);
                Statement statement = open.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
