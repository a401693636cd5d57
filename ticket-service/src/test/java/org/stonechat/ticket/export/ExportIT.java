package org.stonechat.ticket.export;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.kit.event.EventJson;
import org.stonechat.kit.event.EventLog;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;
import org.stonechat.ticket.World;
import org.stonechat.ticket.event.MailHandled;
import org.stonechat.ticket.ticket.TicketRepository;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.stonechat.ticket.World.LINDEN;
import static org.stonechat.ticket.World.NORTHWIND;
import static org.stonechat.ticket.World.ada;
import static org.stonechat.ticket.World.alice;
import static org.stonechat.ticket.World.ana;
import static org.stonechat.ticket.World.as;
import static org.stonechat.ticket.World.bob;
import static org.stonechat.ticket.World.carl;
import static org.stonechat.ticket.World.integration;
import static org.stonechat.ticket.World.lena;
import static org.stonechat.ticket.World.newDepartment;
import static org.stonechat.ticket.World.newTeam;
import static org.stonechat.ticket.World.openTicket;

@QuarkusTest
@WithRealParts
class ExportIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String address = UUID.randomUUID() + "@customers.example";

    @Inject
    EventLog eventLog;

    @Inject
    TicketRepository tickets;

    @BeforeEach
    void setUp() {
        World.setUp();
    }

    /// Everything since the cursor, page by page.
    private static String drain(RequestSpecification who, @Nullable String cursor, Set<String> into) {
        String next = cursor;
        boolean more = true;
        while (more) {
            RequestSpecification request =
                    io.restassured.RestAssured.given().spec(who).queryParam("limit", 50);
            Response page =
                    (next == null ? request : request.queryParam("cursor", next)).get("/api/v1/exports/tickets");
            page.then().statusCode(200);
            into.addAll(page.path("items.id"));
            next = page.path("cursor");
            more = page.path("more");
        }
        return String.valueOf(next);
    }

    @Test
    void shouldExportWhatChangedSinceTheCursorWholeAndAsItStands() {
        String cursor = drain(ada(), null, new LinkedHashSet<>());
        String id = openTicket(alice(), NORTHWIND, address);
        alice().body(Map.of("kind", "COMMENT", "bodyText", "A look inside"))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(201);

        Response page = ada().queryParam("cursor", cursor).get("/api/v1/exports/tickets");
        page.then().statusCode(200).body("items.findAll { it.id == '" + id + "' }.size()", equalTo(1));
        Map<String, ?> ticket = page.path("items.find { it.id == '" + id + "' }.ticket");
        assertThat(ticket.get("subject")).isEqualTo("Where is my parcel?");
        assertThat((List<?>) ticket.get("messages")).hasSize(2);

        Set<String> nothing = new LinkedHashSet<>();
        String later = drain(ada(), page.path("cursor"), nothing);
        assertThat(nothing).doesNotContain(id);
        String lines = ada().accept("application/x-ndjson")
                .queryParam("cursor", cursor)
                .get("/api/v1/exports/tickets")
                .then()
                .statusCode(200)
                .contentType(org.hamcrest.Matchers.startsWith("application/x-ndjson"))
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"tickets.ndjson\"; filename*=UTF-8''tickets.ndjson")
                .header("Stonechat-Cursor", org.hamcrest.Matchers.notNullValue())
                .extract()
                .asString();
        assertThat(lines.lines().map(line -> EventJson.read(line).path("id").asText()))
                .contains(id);
        assertThat(later).isNotEmpty();
    }

    @Test
    void shouldNeverSkipAChangeThatCommitsLate() throws Exception {
        String slow = openTicket(alice(), NORTHWIND, "slow-" + address);
        String cursor = drain(ada(), null, new LinkedHashSet<>());
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch mayCommit = new CountDownLatch(1);
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> late = pool.submit(() -> change(slow, written, mayCommit));
            await(written);
            String quick = openTicket(alice(), NORTHWIND, "quick-" + address);

            Set<String> before = new LinkedHashSet<>();
            String held = drain(ada(), cursor, before);
            assertThat(before).doesNotContain(slow, quick);

            mayCommit.countDown();
            late.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            Set<String> after = new LinkedHashSet<>();
            org.awaitility.Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
                drain(ada(), held, after);
                assertThat(after).contains(slow, quick);
            });
        }
    }

    /// Writes an event of the ticket, says so, and commits when it may.
    private void change(String id, CountDownLatch written, CountDownLatch mayCommit) {
        ManagedContext request = Arc.container().requestContext();
        request.activate();
        try {
            QuarkusTransaction.requiringNew().run(() -> {
                var ticket = tickets.lock(UUID.fromString(id)).orElseThrow();
                eventLog.append(
                        "tickets",
                        ticket,
                        MailHandled.into(
                                ticket.standing(), UUID.randomUUID(), MailHandled.Outcome.MESSAGE, UUID.randomUUID()));
                written.countDown();
                await(mayCommit);
            });
        } finally {
            request.terminate();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Test
    void shouldMissNothingWhileManyWriteAtOnce() throws Exception {
        Set<String> exported = new LinkedHashSet<>();
        String cursor = drain(ada(), null, new LinkedHashSet<>());
        List<Future<String>> opened = new ArrayList<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int number = 0; number < 40; number++) {
                String customer = number + "-" + address;
                opened.add(pool.submit(() -> openTicket(alice(), NORTHWIND, customer)));
            }
            while (opened.stream().anyMatch(one -> !one.isDone())) {
                cursor = drain(ada(), cursor, exported);
            }
        }
        List<String> ids = new ArrayList<>();
        for (Future<String> one : opened) {
            ids.add(one.get());
        }
        String last = cursor;
        org.awaitility.Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            drain(ada(), last, exported);
            assertThat(exported).containsAll(ids);
        });
    }

    @Test
    @Proves("G-4")
    void shouldExportOnlyWhereOneHasTheRight() {
        String cursor = drain(ada(), null, new LinkedHashSet<>());
        String lindens = openTicket(bob(), LINDEN, address);
        String northwinds = openTicket(alice(), NORTHWIND, address);

        alice().get("/api/v1/exports/tickets").then().statusCode(403).body("code", equalTo("right-missing"));
        lena().get("/api/v1/exports/tickets").then().statusCode(403).body("code", equalTo("right-missing"));
        ana().get("/api/v1/exports/tickets").then().statusCode(403).body("code", equalTo("right-missing"));
        carl().get("/api/v1/exports/tickets").then().statusCode(403);
        Set<String> seen = new LinkedHashSet<>();
        drain(integration(), cursor, seen);
        assertThat(seen).contains(northwinds).doesNotContain(lindens);
        for (String bad : List.of("nonsense", "WzFd", "Wy0xLC0xXQ", "WyJhIiwiYiJd", "e30")) {
            ada().queryParam("cursor", bad)
                    .get("/api/v1/exports/tickets")
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("cursor-invalid"));
        }
        ada().queryParam("limit", 501).get("/api/v1/exports/tickets").then().statusCode(400);
    }

    @Test
    @Proves("G-4")
    void shouldKeepClosedTeamsFromRolesThatDoNotSeeThem() {
        String code = "exporter-" + UUID.randomUUID().toString().substring(0, 8);
        UUID department = newDepartment(Map.of());
        ada().body(Map.of("name", "Exporter", "kind", "ANALYST", "presets", Map.of("OPEN", List.of("EXPORT"))))
                .put("/api/v1/roles/{code}", code)
                .then()
                .statusCode(201);
        Tokens exporter = Tokens.of(code).role(code).department(department);
        String cursor = drain(as(exporter), null, new LinkedHashSet<>());
        String open = openTicket(ada(), department, address);
        String closed = openTicket(ada(), department, address);
        ada().body(Map.of("teamId", newTeam(department, "INVITED_INTERNAL")))
                .put("/api/v1/tickets/{id}/assignment", closed)
                .then()
                .statusCode(200);

        Response page = as(exporter).queryParam("cursor", cursor).get("/api/v1/exports/tickets");

        page.then().statusCode(200);
        assertThat(page.<Object>path("items.find { it.id == '" + open + "' }.ticket"))
                .isNotNull();
        assertThat(page.<Object>path("items.find { it.id == '" + closed + "' }.ticket"))
                .isNull();
        ada().delete("/api/v1/roles/{code}", code).then().statusCode(204);
    }
}
