package org.stonechat.ticket.viewer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.kit.event.EventJson;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;
import org.stonechat.ticket.World;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.stonechat.ticket.World.NORTHWIND;
import static org.stonechat.ticket.World.alice;
import static org.stonechat.ticket.World.bob;
import static org.stonechat.ticket.World.carl;
import static org.stonechat.ticket.World.lena;
import static org.stonechat.ticket.World.openTicket;
import static org.stonechat.ticket.World.person;

@QuarkusTest
@WithRealParts
class ViewerIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TestHTTPResource("/")
    URI base;

    @Inject
    DataSource dataSource;

    private final HttpClient http = HttpClient.newHttpClient();
    private String ticket;

    @BeforeEach
    void setUp() {
        World.setUp();
        ticket = openTicket(alice(), NORTHWIND, "viewers@customers.example");
    }

    @AfterEach
    void tearDown() {
        http.shutdownNow();
    }

    private static Tokens tokenOfAlice() {
        return Tokens.of("alice").subject(person(1)).role("agent").department(NORTHWIND);
    }

    private static Tokens tokenOfLena() {
        return Tokens.of("lena").subject(person(3)).role("lead").department(NORTHWIND);
    }

    /// An open window, and the lists of others it was told.
    private final class Window implements AutoCloseable {

        private final InputStream body;
        private final List<JsonNode> told = new CopyOnWriteArrayList<>();
        private int heeded;

        Window(Tokens who) {
            try {
                HttpResponse<InputStream> response = http.send(
                        HttpRequest.newBuilder(base.resolve("/api/v1/tickets/" + ticket + "/live"))
                                .header("Authorization", "Bearer " + who.build())
                                .header("Accept", "text/event-stream")
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
                assertThat(response.statusCode()).isEqualTo(200);
                body = response.body();
            } catch (IOException failure) {
                throw new java.io.UncheckedIOException(failure);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
            Thread.ofVirtual().start(this::read);
        }

        private void read() {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
                String line;
                while ((line = lines.readLine()) != null) {
                    if (line.startsWith("data:")) {
                        told.add(EventJson.read(line.substring(5)).path("viewers"));
                    }
                }
            } catch (IOException closed) {
                assertThat(closed).isNotNull();
            }
        }

        /// Waits until a list is told, after the one waited for before, of which these are the states, in order. What
        /// is true for seconds only may be over before anybody looks, but it was told.
        JsonNode awaitOthers(String... states) {
            return Awaitility.await("others " + List.of(states) + " after what was heeded of " + told)
                    .atMost(PATIENCE)
                    .until(() -> nextWith(List.of(states)), Objects::nonNull);
        }

        private JsonNode nextWith(List<String> states) {
            for (int index = heeded; index < told.size(); index++) {
                JsonNode others = told.get(index);
                if (others.valueStream()
                        .map(other -> other.path("state").asText())
                        .toList()
                        .equals(states)) {
                    heeded = index + 1;
                    return others;
                }
            }
            return null;
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    @Test
    @Proves("T-9")
    void shouldShowWhoElseHasTheTicketOpenAndWhoTypesUntilTheWindowIsClosed() throws IOException {
        try (Window alices = new Window(tokenOfAlice())) {
            alices.awaitOthers();
            Window lenas = new Window(tokenOfLena());
            JsonNode others = alices.awaitOthers("VIEWING");
            assertThat(others.get(0).path("name").asText()).isEqualTo("Lena");
            lenas.awaitOthers("VIEWING");

            lena().body(Map.of("state", "TYPING"))
                    .post("/api/v1/tickets/{id}/presence", ticket)
                    .then()
                    .statusCode(200)
                    .body("viewers.name", equalTo(List.of("Alice")));
            alices.awaitOthers("TYPING");
            lena().delete("/api/v1/tickets/{id}/presence", ticket).then().statusCode(204);
            alices.awaitOthers("VIEWING");

            lenas.close();
            alices.awaitOthers();
        }
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> lena().get("/api/v1/tickets/{id}/presence", ticket)
                        .then()
                        .statusCode(200)
                        .body("viewers", empty()));
    }

    @Test
    @Proves({"T-9", "O-3"})
    void shouldShowWhoHasItOpenAtAnotherReplicaAndForgetThatWhenTheReplicaDies() throws Exception {
        try (Window alices = new Window(tokenOfAlice())) {
            alices.awaitOthers();

            // What another replica writes, and what it leaves behind when it is killed.
            try (Connection connection = dataSource.getConnection();
                    PreparedStatement insert = connection.prepareStatement("""
                            with written as (
                                insert into ticket_presence
                                    (session_id, ticket_id, agent_id, agent_name, typing, since, expires_at)
                                values (?, ?, ?, 'Lena', false, now(), now() + interval '8 seconds') returning 1)
                            select pg_notify('ticket_viewers', ?) from written
                            """)) {
                insert.setObject(1, UUID.randomUUID());
                insert.setObject(2, UUID.fromString(ticket));
                insert.setObject(3, person(3));
                insert.setString(4, ticket);
                insert.execute();
            }

            alices.awaitOthers("VIEWING");
            alices.awaitOthers();
        }
    }

    @Test
    @Proves("T-9")
    void shouldComeBackByItselfWhenTheDatabaseForgotEverybody() throws SQLException, IOException {
        try (Window alices = new Window(tokenOfAlice());
                Window lenas = new Window(tokenOfLena())) {
            alices.awaitOthers("VIEWING");
            lenas.awaitOthers("VIEWING");
            int before = alices.told.size();

            // As after a crash of the database: the table is unlogged.
            try (Connection connection = dataSource.getConnection();
                    PreparedStatement forget = connection.prepareStatement("truncate ticket_presence")) {
                forget.execute();
            }

            Awaitility.await().atMost(PATIENCE).until(() -> alices.told.size() > before);
            alices.awaitOthers("VIEWING");
        }
    }

    @Test
    @Proves("T-9")
    void shouldAnswerThoseWhoAskWithoutAStream() {
        alice().body(Map.of("state", "VIEWING"))
                .post("/api/v1/tickets/{id}/presence", ticket)
                .then()
                .statusCode(200)
                .body("viewers", empty());
        lena().get("/api/v1/tickets/{id}/presence", ticket)
                .then()
                .body("viewers", hasSize(1))
                .body("viewers[0].agentId", equalTo(person(1).toString()))
                .body("viewers[0].state", equalTo("VIEWING"));
        alice().body(Map.of("state", "GONE"))
                .post("/api/v1/tickets/{id}/presence", ticket)
                .then()
                .statusCode(400);
    }

    @Test
    @Proves("G-4")
    void shouldTellNobodyWhoDoesNotSeeTheTicket() {
        for (String below : List.of("/presence", "/live")) {
            String path = "/api/v1/tickets/" + ticket + below;
            RestAssured.given().get(path).then().statusCode(401);
            carl().get(path).then().statusCode(403);
            bob().get(path).then().statusCode(404).contentType("application/problem+json");
        }
        String path = "/api/v1/tickets/" + ticket + "/presence";
        bob().body(Map.of("state", "VIEWING")).post(path).then().statusCode(404);
        bob().delete(path).then().statusCode(404);
        carl().body(Map.of("state", "VIEWING")).post(path).then().statusCode(403);
    }
}
