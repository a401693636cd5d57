package org.stonechat.ticket.history;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.ticket.Customer;
import org.stonechat.ticket.World;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.stonechat.ticket.World.NORTHWIND;
import static org.stonechat.ticket.World.alice;
import static org.stonechat.ticket.World.lena;
import static org.stonechat.ticket.World.openTicket;
import static org.stonechat.ticket.World.person;

@QuarkusTest
@WithRealParts
class HistoryIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String address = "history-" + UUID.randomUUID() + "@customers.example";
    private String ticket;
    private String path;

    @BeforeEach
    void setUp() {
        World.setUp();
        ticket = openTicket(alice(), NORTHWIND, address);
        path = "/api/v1/tickets/" + ticket + "/history";
    }

    private void live() {
        alice().body(Map.of("agentId", person(1)))
                .put("/api/v1/tickets/{id}/assignment", ticket)
                .then()
                .statusCode(200);
        alice().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "It is on its way.", "solve", true))
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .statusCode(201);
        try (Customer customer = new Customer(address)) {
            customer.writes(ticket, NORTHWIND, alice(), "It is not.");
        }
        lena().body(Map.of("as", "CLOSED", "reason", "done"))
                .post("/api/v1/tickets/{id}/closure", ticket)
                .then()
                .statusCode(200);
    }

    @Test
    @Proves("T-11")
    void shouldShowTheWholeLifeByWhomFromWhatToWhatAndWhy() {
        live();

        JsonPath history = alice().get(path + "?limit=200")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();

        assertThat(history.getList("items.type", String.class))
                .startsWith("TicketCreated", "TicketAssigned", "StageChanged", "MessageAdded", "StageChanged")
                .endsWith("StageChanged");
        assertThat(history.getList("items.findAll { it.type == 'StageChanged' }.details.why", String.class))
                .containsExactly("ASSIGNED", "REPLY", "CUSTOMER_MESSAGE", "CLOSURE");
        assertThat(history.getList("items.findAll { it.type == 'StageChanged' }.details.from.category", String.class))
                .containsExactly("NEW", "OPEN", "SOLVED", "OPEN");
        assertThat(history.getList("items.findAll { it.type == 'StageChanged' }.details.to.category", String.class))
                .containsExactly("OPEN", "SOLVED", "OPEN", "CLOSED");
        assertThat(history.getString("items.findAll { it.type == 'StageChanged' }[-1].actor.id"))
                .isEqualTo(person(3).toString());
        assertThat(history.getString("items.findAll { it.type == 'StageChanged' }[-1].details.closeReason"))
                .isEqualTo("done");
    }

    @Test
    @Proves("T-11")
    void shouldShowTheChainOfCausesOfWhatAMailSetOff() {
        live();

        // What the mail set off follows from one event of another service, which is named, and shares its correlation.
        JsonPath set = alice().get(path + "?type=MailHandled&type=StageChanged&limit=200")
                .then()
                .extract()
                .jsonPath();
        String mail = set.getString("items.find { it.type == 'MailHandled' }.causationId");
        assertThat(mail).isNotNull();
        assertThat(set.getString("items.find { it.details.why == 'CUSTOMER_MESSAGE' }.causationId"))
                .isEqualTo(mail);
        assertThat(set.getString("items.find { it.details.why == 'CUSTOMER_MESSAGE' }.causes[0].eventId"))
                .isEqualTo(mail);
        assertThat(set.getString("items.find { it.details.why == 'CUSTOMER_MESSAGE' }.causes[0].type"))
                .isNull();
        assertThat(set.getString("items.find { it.details.why == 'CUSTOMER_MESSAGE' }.correlationId"))
                .isEqualTo(set.getString("items.find { it.type == 'MailHandled' }.correlationId"));
        alice().get(path + "?type=TicketAssigned")
                .then()
                .body("items[0].causationId", nullValue())
                .body("items[0].causes", empty());
    }

    @Test
    @Proves({"T-3", "T-11"})
    void shouldShowThatTimeClosedWhatSomebodySolved() {
        UUID department = UUID.randomUUID();
        World.department(
                department,
                Map.of(
                        "name", "Soon closed",
                        "slug", "soon-" + department.toString().substring(0, 8),
                        "preset", "OPEN",
                        "autoCloseAfter", "PT1S"));
        String solved = openTicket(World.ada(), department, address);
        World.ada()
                .body(Map.of("as", "SOLVED"))
                .post("/api/v1/tickets/{id}/closure", solved)
                .then()
                .statusCode(200);

        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> World.ada()
                        .get("/api/v1/tickets/{id}/history?type=StageChanged", solved)
                        .then()
                        .body("items.details.why", contains("CLOSURE", "AUTO_CLOSE")));

        JsonPath stages = World.ada()
                .get("/api/v1/tickets/{id}/history?type=StageChanged", solved)
                .then()
                .extract()
                .jsonPath();
        assertThat(stages.getString("items[1].actor.kind")).isEqualTo("SYSTEM");
        assertThat(stages.getString("items[1].causes[0].eventId")).isEqualTo(stages.getString("items[0].id"));
        assertThat(stages.getString("items[1].causes[0].type")).isEqualTo("StageChanged");
        assertThat(stages.getInt("items[1].causes[0].sequence")).isEqualTo(stages.getInt("items[0].sequence"));
        assertThat(stages.getString("items[1].causes[0].actor.kind")).isEqualTo("AGENT");
        assertThat(stages.getString("items[1].correlationId")).isEqualTo(stages.getString("items[0].correlationId"));
    }

    @Test
    @Proves("T-11")
    void shouldBePagedAndFilteredByKindAndActor() {
        live();
        List<Integer> whole = alice().get(path + "?limit=200").then().extract().path("items.sequence");

        List<Integer> paged = new ArrayList<>();
        String after = "";
        do {
            JsonPath page = alice().get(path + "?limit=3" + after)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            paged.addAll(page.getList("items.sequence", Integer.class));
            after = page.getString("next") == null ? null : "&after=" + page.getString("next");
        } while (after != null);

        assertThat(paged).isEqualTo(whole);
        alice().get(path + "?actorId=" + person(3)).then().body("items.type", contains("StageChanged"));
        alice().get(path + "?type=StageChanged&actorKind=AGENT&actorId=" + person(1))
                .then()
                .body("items.type", everyItem(equalTo("StageChanged")))
                .body("items", hasSize(2));
        alice().get(path + "?type=NothingLikeIt").then().statusCode(200).body("items", empty());
        alice().get(path + "?actorKind=GOD").then().statusCode(org.hamcrest.Matchers.oneOf(400, 404));
        alice().get(path + "?actorId=nobody").then().statusCode(org.hamcrest.Matchers.oneOf(400, 404));
        alice().get(path + "?type=%3Cscript%3E").then().statusCode(400);
    }

    @Test
    @Proves("T-11")
    void shouldAgreeWithTheEventsOnKafka() {
        live();

        JsonPath history = alice().get(path + "?limit=200")
                .then()
                .body("items.at", everyItem(notNullValue()))
                .extract()
                .jsonPath();
        List<String> ids = history.getList("items.id", String.class);

        assertThat(history.getList("items.sequence", Integer.class))
                .isEqualTo(java.util.stream.IntStream.rangeClosed(1, ids.size())
                        .boxed()
                        .toList());
        try (EventCollector tickets = EventCollector.on("tickets")) {
            List<EventCollector.Published> heard = new ArrayList<>();
            Awaitility.await().pollInSameThread().atMost(PATIENCE).untilAsserted(() -> {
                heard.clear();
                tickets.all().stream()
                        .filter(event -> ticket.equals(event.key()))
                        .forEach(heard::add);
                assertThat(heard).hasSizeGreaterThanOrEqualTo(ids.size());
            });
            assertThat(heard.stream().map(event -> event.headers().get("ce_id")))
                    .containsExactlyElementsOf(ids);
            assertThat(heard.stream().map(EventCollector.Published::type))
                    .containsExactlyElementsOf(history.getList("items.type", String.class));
        }
    }
}
