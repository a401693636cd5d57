package org.stonechat.notification.live;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.notification.world.Shop;
import org.stonechat.notification.world.TestTicket;
import org.stonechat.notification.world.WithMailServer;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.AccessContract;
import org.stonechat.testing.contract.Contracts;

import io.quarkus.test.junit.QuarkusTest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

@QuarkusTest
@WithRealParts
@WithMailServer
class LiveIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.open();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    @Proves("N-5")
    void shouldTellAtOnceWhatTheViewerMaySeeAndNothingElse() {
        try (Shop other = Shop.open();
                Stream stream = new Stream(shop.agentToken("alice"), null)) {
            stream.awaitName("ready");
            TestTicket hidden = other.ticket().created("a@x.example");
            TestTicket shown = shop.ticket().created("b@x.example");

            stream.awaitLine("\"number\": " + shown.number);
            assertThat(stream.lines()).noneMatch(line -> line.contains(hidden.id.toString()));
            assertThat(stream.lines()).noneMatch(line -> line.contains("b@x.example"));
            stream.awaitLine("keep-alive");
        }
    }

    @Test
    @Proves("G-2")
    void shouldResumeWithoutAGapAndWithoutRepeating() {
        String token = shop.agentToken("alice");
        String last;
        TestTicket first = shop.ticket();
        try (Stream stream = new Stream(token, null)) {
            stream.awaitName("ready");
            first.created("a@x.example");
            stream.awaitLine("\"number\": " + first.number);
            last = stream.idOfLine("\"number\": " + first.number);
        }
        TestTicket missed = shop.ticket().created("b@x.example");
        TestTicket alsoMissed = shop.ticket().created("c@x.example");

        try (Stream stream = new Stream(token, last)) {
            stream.awaitLine("\"number\": " + missed.number);
            stream.awaitLine("\"number\": " + alsoMissed.number);
            assertThat(stream.lines()).noneMatch(line -> line.contains("\"number\": " + first.number));
            stream.awaitName("ready");
        }
    }

    @Test
    void shouldSayResetForACursorThatIsNotOurs() {
        try (Stream stream = new Stream(shop.agentToken("alice"), "nonsense")) {
            stream.awaitName("reset");
        }
        try (Stream stream = new Stream(shop.agentToken("alice"), "999999999999-1")) {
            stream.awaitName("reset");
        }
    }

    @Test
    void shouldTellWhatIsAssignedToTheViewerWhereverItLies() {
        UUID alice = Tokens.of("alice").id();
        try (Shop other = Shop.open();
                Stream stream = new Stream(shop.agentToken("alice"), null)) {
            stream.awaitName("ready");
            TestTicket elsewhere = other.ticket().created("a@x.example").assignedTo(alice);

            stream.awaitLine("\"number\": " + elsewhere.number);
        }
    }

    @Test
    void shouldTellTheDepartmentThatATicketWasReferredAway() {
        try (Shop other = Shop.open();
                Stream stream = new Stream(shop.agentToken("alice"), null)) {
            stream.awaitName("ready");
            TestTicket ticket = shop.ticket().created("a@x.example").referredTo(other.department);
            UUID later = UUID.randomUUID();
            ticket.reply(later, "a@x.example", "x", data -> {});
            TestTicket own = shop.ticket().created("b@x.example");

            // The two tickets lie in different partitions, of which either may be read first.
            stream.awaitLine("\"number\": " + own.number);
            stream.awaitName("TicketReferred");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(stream.lines())
                            .filteredOn(line -> line.startsWith("data:") && line.contains(ticket.id.toString()))
                            .hasSize(2));
        }
    }

    @Test
    @Proves("T-20")
    void shouldSayWhenAnAgentComesAndGoes() {
        UUID id = UUID.randomUUID();
        String token = Tokens.of("pia")
                .subject(id)
                .role("agent")
                .department(shop.department)
                .build();
        try (EventCollector published = EventCollector.on("notifications")) {
            try (Stream stream = new Stream(token, null)) {
                stream.awaitName("ready");
                EventCollector.Published online = published.awaitType("PresenceChanged", id);
                Contracts.assertMatches("notifications", "PresenceChanged", online.data(), online.personal());
                assertThat(online.data().path("presence").asText()).isEqualTo("ONLINE");
            }
            published.await(
                    "offline",
                    event -> event.subject().equals(id)
                            && event.data().path("presence").asText().equals("OFFLINE"));
        }
    }

    @Test
    @Proves("T-20")
    void shouldSayWhenAnAgentStepsAwayAndIsBack() {
        UUID id = UUID.randomUUID();
        String token = Tokens.of("alma")
                .subject(id)
                .role("agent")
                .department(shop.department)
                .build();
        say(token, "AWAY").body("state", equalTo("OFFLINE"));
        try (EventCollector published = EventCollector.on("notifications");
                Stream stream = new Stream(token, null)) {
            stream.awaitName("ready");
            published.awaitType("PresenceChanged", id);

            say(token, "AWAY").body("state", equalTo("AWAY"));
            published.await(
                    "away",
                    event -> event.subject().equals(id)
                            && event.data().path("presence").asText().equals("AWAY"));
            // An open stream says that he is there, not that he is back.
            stream.awaitLine("keep-alive");
            say(token, "AWAY").body("state", equalTo("AWAY"));
            say(token, "ONLINE").body("state", equalTo("ONLINE"));
        }
        given().contentType("application/json")
                .body("{}")
                .put("/api/v1/live/presence")
                .then()
                .statusCode(401);
        given().auth()
                .oauth2(Tokens.of("carl").role("customer").build())
                .contentType("application/json")
                .body(Map.of("state", "AWAY"))
                .put("/api/v1/live/presence")
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(token)
                .contentType("application/json")
                .body(Map.of("state", "OFFLINE"))
                .put("/api/v1/live/presence")
                .then()
                .statusCode(400);
    }

    private static io.restassured.response.ValidatableResponse say(String token, String state) {
        return given().auth()
                .oauth2(token)
                .contentType("application/json")
                .body(Map.of("state", state))
                .put("/api/v1/live/presence")
                .then()
                .statusCode(200);
    }

    @Test
    void shouldRefuseWhoMayNotFollow() {
        given().get("/api/v1/live").then().statusCode(401);
        given().auth()
                .oauth2(Tokens.of("carl").role("customer").build())
                .get("/api/v1/live")
                .then()
                .statusCode(403);
    }

    @Test
    @Proves("G-4")
    void shouldTellOfClosedTeamsByTheTableOfAllServices() {
        UUID team = shop.hasTeam("INVITED_INTERNAL", List.of());
        awaitClosed(team);
        AccessContract.assertShowsClosedTeamsByTheTable(
                shop.department, List.of("agent", "lead", "admin", "analyst"), token -> isTold(token, team));
    }

    /// Once it is known, an agent is not told of its tickets any more.
    private void awaitClosed(UUID team) {
        await().atMost(PATIENCE).until(() -> !isTold(shop.agentToken("alice"), team));
    }

    private boolean isTold(String token, UUID team) {
        try (Stream stream = new Stream(token, null);
                Stream witness = new Stream(shop.leadToken("lena"), null)) {
            stream.awaitName("ready");
            witness.awaitName("ready");
            TestTicket closed = shop.ticket().ofTeam(team).created("a@x.example");
            // Whoever sees everything was told of it before what was sent later.
            witness.awaitLine("\"number\": " + closed.number);
            TestTicket open = shop.ticket().created("b@x.example");
            stream.awaitLine("\"number\": " + open.number);
            return stream.lines().stream().anyMatch(line -> line.contains(closed.id.toString()));
        }
    }

    @Test
    @Proves("G-4")
    void shouldEndTheStreamOfTheDismissed() {
        String name = "dora-" + UUID.randomUUID();
        UUID id = shop.employs(name);
        try (Stream stream = new Stream(shop.agentToken(name), null)) {
            stream.awaitName("ready");

            shop.dismisses(id);

            await().atMost(PATIENCE).until(stream::hasEnded);
        }
        given().auth()
                .oauth2(shop.agentToken(name))
                .get("/api/v1/live")
                .then()
                .statusCode(403)
                .body("code", org.hamcrest.Matchers.equalTo("account-disabled"));
    }

    /// A client of the live stream.
    private static final class Stream implements AutoCloseable {

        private final List<String> lines = new CopyOnWriteArrayList<>();
        private final HttpClient client = HttpClient.newHttpClient();
        private final InputStream body;
        private volatile boolean ended;

        Stream(String token, String lastEventId) {
            int port = ConfigProvider.getConfig().getValue("quarkus.http.test-port", Integer.class);
            URI uri = URI.create(
                    "http://localhost:" + (port == 0 ? io.restassured.RestAssured.port : port) + "/api/v1/live");
            HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + token);
            if (lastEventId != null) {
                request.header("Last-Event-ID", lastEventId);
            }
            try {
                HttpResponse<InputStream> response =
                        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
                assertThat(response.statusCode()).isEqualTo(200);
                body = response.body();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
            Thread.ofVirtual().start(this::read);
        }

        private void read() {
            try (var reader = new java.io.BufferedReader(new java.io.InputStreamReader(body, StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    lines.add(line);
                }
            } catch (IOException broken) {
                lines.add("(broken)");
            } finally {
                ended = true;
            }
        }

        boolean hasEnded() {
            return ended;
        }

        List<String> lines() {
            return lines;
        }

        void awaitLine(String part) {
            await(part).atMost(PATIENCE).until(() -> lines.stream().anyMatch(line -> line.contains(part)));
        }

        void awaitName(String name) {
            awaitLine("event:" + name);
        }

        /// The id of the block of lines in which this stands.
        String idOfLine(String part) {
            await().atMost(PATIENCE).until(() -> lines.stream().anyMatch(line -> line.contains(part)));
            int index = 0;
            while (!lines.get(index).contains(part)) {
                index++;
            }
            int from = index;
            while (from > 0 && !lines.get(from - 1).isBlank()) {
                from--;
            }
            for (int line = from; line < lines.size() && !lines.get(line).isBlank(); line++) {
                if (lines.get(line).startsWith("id:")) {
                    return lines.get(line).substring(3).strip();
                }
            }
            throw new AssertionError("no id beside " + part);
        }

        @Override
        public void close() {
            client.shutdownNow();
        }
    }
}
