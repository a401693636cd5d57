package org.stonechat.ticket.imports;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.kit.event.EventJson;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.ticket.World;

import com.sun.net.httpserver.HttpServer;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.stonechat.ticket.World.LINDEN;
import static org.stonechat.ticket.World.NORTHWIND;
import static org.stonechat.ticket.World.ada;
import static org.stonechat.ticket.World.alice;
import static org.stonechat.ticket.World.integration;

@QuarkusTest
@WithRealParts
class ImportIT {

    /// So many tickets would crowd the lists of other tests.
    private static final UUID PLACE = UUID.randomUUID();

    private static final String NDJSON = "application/x-ndjson";

    private final String some = UUID.randomUUID().toString().substring(0, 8);
    private final String source = "test-" + some;

    @BeforeEach
    void setUp() {
        World.setUp();
    }

    private static String start(RequestSpecification who, String source, String lines) {
        return who.contentType(NDJSON)
                .queryParam("source", source)
                .body(lines.getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/imports")
                .then()
                .statusCode(202)
                .header("Location", org.hamcrest.Matchers.containsString("/api/v1/imports/"))
                .extract()
                .path("id");
    }

    private JsonPath run(String lines) {
        return finished(start(ada(), source, lines));
    }

    private static JsonPath finished(String id) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(120))
                .untilAsserted(() -> ada().get("/api/v1/imports/{id}", id)
                        .then()
                        .statusCode(200)
                        .body("state", equalTo("DONE")));
        return ada().get("/api/v1/imports/{id}", id).then().extract().jsonPath();
    }

    private String ticket(String externalId) {
        return ada().queryParam("address", externalId + "-" + some + "@customers.example")
                .get("/api/v1/contacts")
                .then()
                .extract()
                .<String>path("items[0].id");
    }

    private String idOf(String externalId) {
        return ada().get("/api/v1/contacts/{id}/tickets", ticket(externalId))
                .then()
                .statusCode(200)
                .extract()
                .path("items[0].id");
    }

    private String line(String externalId, Map<String, Object> more) {
        Map<String, Object> line = new java.util.LinkedHashMap<>();
        line.put("externalId", externalId);
        line.put("departmentId", NORTHWIND);
        line.put("subject", "Imported " + externalId);
        line.put("requester", Map.of("name", "Import Ed", "address", externalId + "-" + some + "@customers.example"));
        line.put("createdAt", "2024-02-03T10:00:00Z");
        line.putAll(more);
        return EventJson.write(line) + "\n";
    }

    @Test
    @Proves({"T-2", "T-11"})
    void shouldTakeTicketsOverWithTheirHistoryAndOriginalTimes() {
        JsonPath result = run(line(
                "whole",
                Map.of(
                        "stage",
                        "CLOSED",
                        "solvedAt",
                        "2024-02-05T08:00:00Z",
                        "closedAt",
                        "2024-02-09T08:00:00Z",
                        "priority",
                        "HIGH",
                        "tags",
                        List.of("old", "gold"),
                        "channel",
                        "MAIL",
                        "messages",
                        List.of(
                                Map.of(
                                        "kind",
                                        "PUBLIC_REPLY",
                                        "at",
                                        "2024-02-04T12:00:00Z",
                                        "author",
                                        Map.of("name", "Frieda Former"),
                                        "bodyText",
                                        "Here is your label."),
                                Map.of(
                                        "kind",
                                        "CUSTOMER",
                                        "at",
                                        "2024-02-03T10:00:00Z",
                                        "bodyHtml",
                                        "<p>The lamp is <b>broken</b>.<script>alert(1)</script></p>",
                                        "attachments",
                                        List.of(Map.of(
                                                "name",
                                                "lamp.txt",
                                                "content",
                                                Base64.getEncoder()
                                                        .encodeToString(
                                                                "a lamp".getBytes(StandardCharsets.UTF_8)))))))));
        assertThat(result.getInt("created")).isEqualTo(1);
        assertThat(result.getInt("failed")).isZero();

        String id = idOf("whole");
        alice().get("/api/v1/tickets/{id}", id)
                .then()
                .statusCode(200)
                .body("createdAt", equalTo("2024-02-03T10:00:00Z"))
                .body("solvedAt", equalTo("2024-02-05T08:00:00Z"))
                .body("closedAt", equalTo("2024-02-09T08:00:00Z"))
                .body("stage.category", equalTo("CLOSED"))
                .body("priority", equalTo("HIGH"))
                .body("tags", contains("old", "gold"))
                .body("waitingSince", nullValue());
        alice().get("/api/v1/tickets/{id}/messages", id)
                .then()
                .body("items.kind", contains("CUSTOMER", "PUBLIC_REPLY"))
                .body("items.at", contains("2024-02-03T10:00:00Z", "2024-02-04T12:00:00Z"))
                .body("items[0].bodyHtml", not(org.hamcrest.Matchers.containsString("script")))
                .body("items[0].attachments.name", contains("lamp.txt"))
                .body("items[1].authorName", equalTo("Frieda Former"))
                .body("items.deliverVia", contains(null, null));
        alice().get("/api/v1/tickets/{id}/history", id)
                .then()
                .body("items.type", contains("TicketCreated", "MessageAdded", "StageChanged", "StageChanged"))
                .body(
                        "items.at",
                        contains(
                                "2024-02-03T10:00:00Z",
                                "2024-02-04T12:00:00Z",
                                "2024-02-05T08:00:00Z",
                                "2024-02-09T08:00:00Z"))
                .body("items[2].details.why", equalTo("IMPORT"));
        try (EventCollector tickets = EventCollector.on("tickets")) {
            for (String type : List.of("TicketCreated", "MessageAdded", "StageChanged")) {
                EventCollector.Published event = tickets.awaitType(type, UUID.fromString(id));
                Contracts.assertMatches("tickets", type, event.data(), event.personal());
            }
        }
    }

    @Test
    @Proves("T-2")
    void shouldSayWhichLinesAreWrongAndImportTheOthers() {
        String lines = line("good", Map.of())
                + "not json\n"
                + "\n"
                + line("nowhere", Map.of("departmentId", UUID.randomUUID()))
                + line("stage", Map.of("stage", "Limbo"))
                + line("future", Map.of("createdAt", "2999-01-01T00:00:00Z"))
                + line("calendar", Map.of("createdAt", "2024-02-31T00:00:00Z"))
                + line("unknown", Map.of("shade", "green"))
                + line("empty", Map.of("messages", List.of(Map.of("kind", "COMMENT", "at", "2024-02-03T10:00:00Z"))))
                + line("nul", Map.of("subject", "a\0b"))
                + line("good", Map.of())
                + line("last", Map.of()).strip();
        String id = start(ada(), source, lines);
        JsonPath result = finished(id);

        assertThat(result.getInt("lines")).isEqualTo(12);
        assertThat(result.getInt("created")).isEqualTo(2);
        assertThat(result.getInt("existed")).isEqualTo(1);
        assertThat(result.getInt("failed")).isEqualTo(8);
        ada().get("/api/v1/imports/{id}/errors", id)
                .then()
                .statusCode(200)
                .body("items.line", contains(2, 4, 5, 6, 7, 8, 9, 10))
                .body("items[1].code", equalTo("department-unknown"))
                .body("items[2].code", equalTo("stage-unknown"))
                .body("items[6].code", equalTo("body-empty"));
        ada().queryParam("limit", 3)
                .get("/api/v1/imports/{id}/errors", id)
                .then()
                .body("items.line", contains(2, 4, 5));
    }

    @Test
    @Proves("T-2")
    void shouldChangeNothingWhenItIsSentAgain() {
        String lines = line("again-1", Map.of()) + line("again-2", Map.of());
        run(lines);
        JsonPath again = run(lines + line("again-3", Map.of()));

        assertThat(again.getInt("existed")).isEqualTo(2);
        assertThat(again.getInt("created")).isEqualTo(1);
        ada().get("/api/v1/contacts/{id}/tickets", ticket("again-1")).then().body("items.size()", equalTo(1));
    }

    @Test
    @Proves({"T-2", "T-10"})
    void shouldFetchAttachmentsByTheirAddress() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
        server.createContext("/there.txt", exchange -> {
            byte[] body = "from afar".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            String base = "http://localhost:" + server.getAddress().getPort();
            String id = start(
                    ada(),
                    source,
                    line("fetched", file(base + "/there.txt")) + line("missing", file(base + "/gone.txt")));
            JsonPath result = finished(id);
            assertThat(result.getInt("created")).isEqualTo(1);
            ada().get("/api/v1/imports/{id}/errors", id)
                    .then()
                    .body("items.code", contains("attachment-unreachable"))
                    .body("items.line", contains(2));
        } finally {
            server.stop(0);
        }
        String ticket = idOf("fetched");
        String file = alice().get("/api/v1/tickets/{id}/attachments", ticket)
                .then()
                .extract()
                .path("items[0].id");
        alice().get("/api/v1/tickets/{id}/attachments/{file}", ticket, file)
                .then()
                .body(equalTo("from afar"));
    }

    private static Map<String, Object> file(String url) {
        return Map.of(
                "messages",
                List.of(Map.of(
                        "kind",
                        "CUSTOMER",
                        "at",
                        "2024-02-03T10:00:00Z",
                        "bodyText",
                        "See the file.",
                        "attachments",
                        List.of(Map.of("name", "there.txt", "url", url)))));
    }

    @Test
    @Proves("G-4")
    void shouldLetOnlyThoseImportWhoMayAndOnlyWhereTheyAre() {
        alice().contentType(NDJSON)
                .body(new byte[0])
                .post("/api/v1/imports?source=x")
                .then()
                .statusCode(403);
        ada().contentType(NDJSON)
                .body(new byte[0])
                .post("/api/v1/imports")
                .then()
                .statusCode(400);
        ada().contentType(NDJSON)
                .body(new byte[0])
                .post("/api/v1/imports?source=UPPER")
                .then()
                .statusCode(400);
        String own = start(integration(), source, line("elsewhere", Map.of("departmentId", LINDEN)));
        JsonPath result = finished(own);
        assertThat(result.getInt("failed")).isEqualTo(1);
        integration().get("/api/v1/imports").then().body("items.id", hasItem(own));
        for (Tokens other : List.of(
                Tokens.of("other").role("integration").department(LINDEN),
                Tokens.of("elsewhere").role("admin").department(LINDEN))) {
            World.as(other).get("/api/v1/imports/{id}", own).then().statusCode(404);
            World.as(other).get("/api/v1/imports/{id}/errors", own).then().statusCode(404);
            World.as(other).delete("/api/v1/imports/{id}", own).then().statusCode(404);
            World.as(other).get("/api/v1/imports?limit=200").then().body("items.id", not(hasItem(own)));
        }
        integration().get("/api/v1/imports/{id}/errors", own).then().body("items.line", contains(1));
        ada().delete("/api/v1/imports/{id}", own).then().statusCode(409).body("code", equalTo("import-finished"));
    }

    @Test
    void shouldImportThousandsOfTicketsInOneFile() {
        World.department(PLACE, Map.of("name", "Imports", "slug", "imports-" + PLACE, "preset", "OPEN"));
        int count = 5_000;
        String lines = IntStream.range(0, count)
                .mapToObj(number -> line(
                        "bulk-" + number,
                        Map.of(
                                "departmentId",
                                PLACE,
                                "stage",
                                number % 3 == 0 ? "CLOSED" : "OPEN",
                                "messages",
                                List.of(
                                        Map.of("kind", "CUSTOMER", "at", "2024-02-03T10:00:00Z", "bodyText", "One"),
                                        Map.of("kind", "PUBLIC_REPLY", "at", "2024-02-03T11:00:00Z", "bodyText", "Two"),
                                        Map.of("kind", "COMMENT", "at", "2024-02-03T12:00:00Z", "bodyText", "Three")))))
                .collect(Collectors.joining());

        String id = start(ada(), source, lines);

        JsonPath result = finished(id);
        assertThat(result.getInt("created")).isEqualTo(count);
        assertThat(result.getInt("failed")).isZero();
    }
}
