package org.stonechat.kit.rest;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.kit.KitPostgres;
import org.stonechat.kit.event.Uuid7;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@QuarkusTestResource(KitPostgres.class)
class IdempotencyIT {

    @Inject
    DataSource dataSource;

    @Inject
    IdempotencyKeys keys;

    private String list = "";
    private String key = "";

    @BeforeEach
    void freshList() throws SQLException {
        execute("create table if not exists test_note (id uuid primary key, list text not null, text text not null)");
        list = Uuid7.next().toString();
        key = Uuid7.next().toString();
        NotesResource.begun = new CountDownLatch(1);
        NotesResource.goOn = new CountDownLatch(0);
    }

    @Test
    void shouldReplayTheStoredResponse() throws SQLException {
        // given
        Response first = post("", "{\"text\":\"hello\"}");

        // when
        Response second = post("", "{\"text\":\"hello\"}");

        // then
        first.then().statusCode(201).header("Idempotency-Replayed", nullValue());
        second.then()
                .statusCode(201)
                .contentType(ContentType.JSON)
                .header("Idempotency-Replayed", "true")
                .header("ETag", "\"1\"")
                .header("Location", equalTo(first.header("Location")));
        assertThat(second.asString()).isEqualTo(first.asString());
        assertThat(notes()).isEqualTo(1);
    }

    @Test
    void shouldReplayAPlainAnswer() throws SQLException {
        Response first = post("/plain", "{\"text\":\"hello\"}");
        Response second = post("/plain", "{\"text\":\"hello\"}");

        second.then().statusCode(200).header("Idempotency-Replayed", "true");
        assertThat(second.asString()).isEqualTo(first.asString());
        assertThat(notes()).isEqualTo(1);
    }

    @Test
    void shouldReplayAnEmptyAnswer() throws SQLException {
        post("/empty", "{\"text\":\"hello\"}").then().statusCode(204);
        post("/empty", "{\"text\":\"hello\"}").then().statusCode(204).header("Idempotency-Replayed", "true");

        assertThat(notes()).isEqualTo(1);
    }

    @Test
    void shouldRefuseAnotherBodyUnderTheSameKey() throws SQLException {
        post("", "{\"text\":\"hello\"}").then().statusCode(201);

        post("", "{\"text\":\"other\"}")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("idempotency-key-reused"));

        assertThat(notes()).isEqualTo(1);
    }

    @Test
    void shouldTakeBodiesForTheSameThatAreReadAsTheSame() throws SQLException {
        post("", "{\"text\":\"hello\"}").then().statusCode(201);

        post("", " { \"text\" : \"hello\" } ").then().statusCode(201).header("Idempotency-Replayed", "true");

        assertThat(notes()).isEqualTo(1);
    }

    @Test
    void shouldTellAddressesApart() throws SQLException {
        post("", "{\"text\":\"hello\"}").then().statusCode(201);
        list = Uuid7.next().toString();

        post("", "{\"text\":\"hello\"}").then().statusCode(201).header("Idempotency-Replayed", nullValue());

        assertThat(notes()).isEqualTo(1);
    }

    @Test
    void shouldRunEveryCallWithoutAKey() throws SQLException {
        for (int call = 0; call < 2; call++) {
            given().contentType(ContentType.JSON)
                    .body("{\"text\":\"hello\"}")
                    .post("/test/notes/" + list)
                    .then()
                    .statusCode(201);
        }

        assertThat(notes()).isEqualTo(2);
    }

    @Test
    void shouldSayThatTheFirstCallIsStillRunning() throws Exception {
        // given
        NotesResource.goOn = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Response> first = threads.submit(() -> post("", "{\"text\":\"hello\"}"));
            assertThat(NotesResource.begun.await(60, TimeUnit.SECONDS)).isTrue();

            // when
            Response meanwhile = post("", "{\"text\":\"hello\"}");
            NotesResource.goOn.countDown();

            // then
            meanwhile.then().statusCode(409).body("code", equalTo("idempotency-in-flight"));
            first.get().then().statusCode(201);
        }
        assertThat(notes()).isEqualTo(1);
    }

    @Test
    void shouldRunOnceHoweverManyCallsThereAre() throws Exception {
        // given
        List<Callable<Response>> calls = new ArrayList<>();
        for (int call = 0; call < 24; call++) {
            calls.add(() -> post("", "{\"text\":\"hello\"}"));
        }

        // when
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(12)) {
            for (Future<Response> response : threads.invokeAll(calls)) {
                statuses.add(response.get().statusCode());
            }
        }

        // then
        assertThat(statuses).contains(201).isSubsetOf(201, 409);
        assertThat(notes()).isEqualTo(1);
    }

    @Test
    void shouldStoreNothingOfARefusedCall() throws SQLException {
        post("", "{\"text\":\"refused\"}").then().statusCode(409).body("code", equalTo("conflict"));
        post("", "{\"text\":\"refused\"}")
                .then()
                .statusCode(409)
                .body("code", equalTo("conflict"))
                .header("Idempotency-Replayed", nullValue());

        assertThat(notes()).isZero();
    }

    @Test
    void shouldRefuseAKeyThatIsNone() {
        key = "with blanks";

        post("", "{\"text\":\"hello\"}").then().statusCode(400).body("code", equalTo("request-invalid"));
    }

    @Test
    void shouldForgetKeysAfterADay() throws SQLException {
        // given
        post("", "{\"text\":\"hello\"}").then().statusCode(201);
        execute("update idempotency_key set created_at = created_at - interval '25 hours' where key = '" + key + "'");

        // when
        post("", "{\"text\":\"other\"}").then().statusCode(201);
        execute("update idempotency_key set created_at = created_at - interval '25 hours' where key = '" + key + "'");
        keys.forget();

        // then
        assertThat(notes()).isEqualTo(2);
        assertThat(count("select count(*) from idempotency_key where key = '" + key + "'"))
                .isZero();
    }

    @Test
    void shouldAnswerLaterWithoutTheBodyAndStillDoNothingTwice() throws SQLException {
        // given
        Response first = post("", "{\"text\":\"hello\"}");
        age("61 minutes");

        // when
        Response later = post("", "{\"text\":\"hello\"}");

        // then
        later.then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .header("ETag", "\"1\"")
                .header("Location", equalTo(first.header("Location")));
        assertThat(later.asString()).isEmpty();
        post("", "{\"text\":\"other\"}").then().statusCode(422).body("code", equalTo("idempotency-key-reused"));
        assertThat(notes()).isEqualTo(1);
    }

    @Test
    void shouldAnswerLaterWithNothingWhereThereIsOnlyABody() throws SQLException {
        post("/plain", "{\"text\":\"hello\"}").then().statusCode(200);
        age("61 minutes");

        post("/plain", "{\"text\":\"hello\"}").then().statusCode(204).header("Idempotency-Replayed", "true");

        assertThat(notes()).isEqualTo(1);
    }

    @Test
    void shouldKeepNoBodyLongerThanItIsGivenOut() throws SQLException {
        // given
        post("", "{\"text\":\"hello\"}").then().statusCode(201);
        String kept = "select count(*) from idempotency_key where body like '%hello%' and key = '" + key + "'";
        keys.emptyBodies();
        assertThat(count(kept)).isEqualTo(1);
        age("61 minutes");

        // when
        keys.emptyBodies();

        // then
        assertThat(count(kept)).isZero();
        post("", "{\"text\":\"hello\"}").then().statusCode(201).header("Idempotency-Replayed", "true");
        assertThat(notes()).isEqualTo(1);
    }

    @Test
    void shouldKeepNoHeadersButThoseThatSayWhereAndWhich() throws SQLException {
        post("", "{\"text\":\"hello\"}").then().statusCode(201);

        assertThat(count("select count(*) from idempotency_key, jsonb_object_keys(headers) as name where key = '" + key
                        + "' and lower(name) not in ('location', 'etag')"))
                .isZero();
    }

    @Test
    void shouldClearAwayInPieces() throws SQLException {
        // given
        execute("insert into idempotency_key (client, route, key, body_hash, status, headers, body, created_at)"
                + " select 'many', '" + list + "', n::text, '', 201, '{}', '{}', now() - interval '30 days'"
                + " from generate_series(1, 2500) as n");

        // when
        List<Integer> emptied = List.of(keys.emptyBodies(), keys.emptyBodies(), keys.emptyBodies());
        List<Integer> forgotten = List.of(keys.forget(), keys.forget(), keys.forget());

        // then
        assertThat(emptied).startsWith(1000, 1000);
        assertThat(emptied.getLast()).isBetween(500, 999);
        assertThat(forgotten).startsWith(1000, 1000);
        assertThat(forgotten.getLast()).isBetween(500, 999);
        assertThat(count("select count(*) from idempotency_key where route = '" + list + "'"))
                .isZero();
    }

    @Test
    void shouldPageThroughAList() {
        // given, when
        List<Integer> seen = new ArrayList<>();
        String address = "/test/notes?limit=3";
        while (address != null) {
            Response page = given().urlEncodingEnabled(false).get(address);
            page.then().statusCode(200);
            seen.addAll(page.jsonPath().getList("items", Integer.class));
            String link = page.header("Link");
            assertThat(link == null).isEqualTo(page.path("next") == null);
            address = link == null ? null : link.substring(1, link.indexOf('>'));
        }

        // then
        assertThat(seen).containsExactly(1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void shouldRefuseALimitOutOfBounds() {
        given().get("/test/notes?limit=0").then().statusCode(400).body("code", equalTo("request-invalid"));
        given().get("/test/notes?limit=201").then().statusCode(400).body("errors[0].pointer", equalTo("limit"));
        given().get("/test/notes").then().statusCode(200).body("items", notNullValue());
    }

    @Test
    void shouldRefuseACursorThatIsNone() {
        given().get("/test/notes?after=abc").then().statusCode(400).body("code", equalTo("cursor-invalid"));
    }

    private Response post(String path, String body) {
        return given().contentType(ContentType.JSON)
                .header("Idempotency-Key", key)
                .body(body)
                .post("/test/notes/" + list + path);
    }

    private void age(String interval) throws SQLException {
        execute("update idempotency_key set created_at = created_at - interval '" + interval + "' where key = '" + key
                + "'");
    }

    private long notes() throws SQLException {
        return count("select count(*) from test_note where list = '" + list + "'");
    }

    private long count(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql);
                ResultSet rows = select.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
