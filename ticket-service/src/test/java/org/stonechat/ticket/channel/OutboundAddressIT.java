package org.stonechat.ticket.channel;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.kit.event.EventJson;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.ticket.World;

import com.sun.net.httpserver.HttpServer;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.stonechat.ticket.World.NORTHWIND;
import static org.stonechat.ticket.World.ada;

/// The rules of production, where the switch for development is off: no address that somebody configures leads to
/// this machine or a private network, however it is written.
@QuarkusTest
@WithRealParts
@TestProfile(OutboundAddressIT.Production.class)
class OutboundAddressIT {

    public static final class Production implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("stonechat.outbound.loopback", "false");
        }
    }

    private final List<String> calls = new CopyOnWriteArrayList<>();
    private HttpServer inside;

    @BeforeEach
    void setUp() throws IOException {
        World.setUp();
        inside = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        inside.createContext("/", exchange -> {
            calls.add(exchange.getRequestURI().toString());
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        inside.start();
    }

    @AfterEach
    void stop() {
        inside.stop(0);
    }

    private List<String> privateAddresses() {
        int port = inside.getAddress().getPort();
        return List.of(
                "http://localhost:" + port + "/",
                "https://127.0.0.1:" + port + "/",
                "https://2130706433:" + port + "/",
                "https://0x7f000001:" + port + "/",
                "https://0177.0.0.1:" + port + "/",
                "https://[::1]:" + port + "/",
                "https://[::ffff:127.0.0.1]:" + port + "/",
                "https://[64:ff9b::7f00:1]:" + port + "/",
                "https://[2002:7f00:1::]:" + port + "/",
                "https://169.254.169.254/latest/meta-data/",
                "https://10.0.0.1/",
                "https://198.18.0.1/",
                "http://messenger.example/");
    }

    @Test
    @Proves("G-4")
    void shouldTakeNoChannelThatAnswersIntoAPrivateNetwork() {
        UUID channel = UUID.randomUUID();
        for (String address : privateAddresses()) {
            ada().body(Map.of("name", "Messenger", "departmentId", NORTHWIND, "outboundUrl", address))
                    .put("/api/v1/channels/{id}", channel)
                    .then()
                    .statusCode(400)
                    .contentType("application/problem+json")
                    .body("errors.pointer", hasItem("/outboundUrl"));
        }
        ada().get("/api/v1/channels/{id}", channel).then().statusCode(404);
        assertThat(calls).isEmpty();
    }

    @Test
    @Proves("G-4")
    void shouldFetchNoFileOfAnImportFromAPrivateNetwork() {
        List<String> addresses = new java.util.ArrayList<>(privateAddresses());
        // A name tells only when it is looked up.
        addresses.add("https://localhost:" + inside.getAddress().getPort() + "/");
        StringBuilder lines = new StringBuilder();
        for (int line = 0; line < addresses.size(); line++) {
            lines.append(EventJson.write(Map.of(
                            "externalId",
                            "private-" + line,
                            "departmentId",
                            NORTHWIND,
                            "subject",
                            "Imported",
                            "requester",
                            Map.of("name", "Ed", "address", UUID.randomUUID() + "@customers.example"),
                            "createdAt",
                            "2024-02-03T10:00:00Z",
                            "messages",
                            List.of(Map.of(
                                    "kind",
                                    "CUSTOMER",
                                    "at",
                                    "2024-02-03T10:00:00Z",
                                    "bodyText",
                                    "See the file.",
                                    "attachments",
                                    List.of(Map.of("name", "file.txt", "url", addresses.get(line))))))))
                    .append('\n');
        }
        String id = ada().contentType("application/x-ndjson")
                .queryParam("source", "private-" + UUID.randomUUID())
                .body(lines.toString().getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/imports")
                .then()
                .statusCode(202)
                .extract()
                .path("id");

        Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .untilAsserted(() -> ada().get("/api/v1/imports/{id}", id)
                        .then()
                        .statusCode(200)
                        .body("state", equalTo("DONE"))
                        .body("created", equalTo(0)));
        ada().get("/api/v1/imports/{id}/errors", id)
                .then()
                .body("items.size()", equalTo(addresses.size()))
                .body("items.code", everyItem(equalTo("attachment-unreachable")));
        assertThat(calls).isEmpty();
    }
}
