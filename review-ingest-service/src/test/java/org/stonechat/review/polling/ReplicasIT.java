package org.stonechat.review.polling;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
import static org.stonechat.review.FakePlatform.NOON;

/// Real replicas and one connection; and SIGKILL.
class ReplicasIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

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
        // All of them run before anything is imported, and a page takes a second until nobody is to be killed any
        // more: the import cannot be over before the one who has it is killed, however slow the machine is.
        platform.pagesOf(50);
        platform.answersTake(Duration.ofSeconds(1));
        for (int number = 0; number < reviews; number++) {
            platform.show(FakePlatform.review("rev-" + number, number % 5 + 1, NOON.minusSeconds(number)));
        }
        List<PackagedService.Replica> alive = new ArrayList<>();
        for (int number = 0; number < 3; number++) {
            // Nobody hands over by itself: whoever has the import keeps it until it is killed.
            alive.add(service.start("-Dstonechat.work.lease=PT6S", "-Dstonechat.polling.stretch=PT10M"));
        }
        noteWhoHolds();
        connect(alive.getFirst(), "PT1S");

        await("the beginning of the import").atMost(PATIENCE).until(() -> read(alive.getFirst()) >= 200);
        for (int kills = 0; kills < 2; kills++) {
            PackagedService.Replica atWork =
                    await("who is at work").atMost(PATIENCE).until(() -> holder(alive), Objects::nonNull);
            atWork.kill9();
            alive.remove(atWork);
            long then = read(alive.getFirst());
            await("another one to take over").atMost(PATIENCE).until(() -> read(alive.getFirst()) > then);
        }
        platform.answersTake(Duration.ofMillis(20));

        PackagedService.Replica third = alive.getFirst();
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

    /// From now on the database knows which replica a lease is of.
    private void noteWhoHolds() throws SQLException {
        try (Connection open = databaseSession();
                Statement statement = open.createStatement()) {
            statement.execute("create table lease_holder (owner uuid primary key, replica text not null)");
            statement.execute("""
                    create function note_lease_holder() returns trigger language plpgsql as $$
                    begin
                        insert into lease_holder values (new.lease_owner, current_setting('application_name'))
                            on conflict do nothing;
                        return null;
                    end $$
                    """);
            statement.execute("""
                    create trigger note_lease_holder after update on due_work for each row
                        when (new.lease_owner is not null) execute function note_lease_holder()
                    """);
        }
    }

    /// Which of these replicas polls; null while none of them does.
    private PackagedService.Replica holder(List<PackagedService.Replica> replicas) throws SQLException {
        try (Connection open = databaseSession();
                Statement statement = open.createStatement();
                ResultSet row = statement.executeQuery("""
                        select replica from due_work join lease_holder on owner = lease_owner
                        where kind = 'poll-connection' and state = 'OPEN'
                        """)) {
            String name = row.next() ? row.getString(1) : null;
            return replicas.stream()
                    .filter(replica -> replica.name().equals(name))
                    .findFirst()
                    .orElse(null);
        }
    }

    private Connection databaseSession() throws SQLException {
        return RealParts.connectAsOwner(database);
    }

    private long count(String sql) throws SQLException {
        try (Connection open = databaseSession();
                Statement statement = open.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
