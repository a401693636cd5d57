package org.stonechat.ticket.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.kit.event.EventJson;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.EventSender;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.ticket.FakeIdentityProvider;
import org.stonechat.ticket.World;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.stonechat.ticket.World.LINDEN;
import static org.stonechat.ticket.World.NORTHWIND;
import static org.stonechat.ticket.World.alice;
import static org.stonechat.ticket.World.bob;
import static org.stonechat.ticket.World.carl;
import static org.stonechat.ticket.World.max;
import static org.stonechat.ticket.World.person;

@QuarkusTest
@WithRealParts
class DirectoryIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Inject
    Directory directory;

    @Inject
    FakeIdentityProvider keycloak;

    private final IdentityProvider.Person alice = someone(1, "Alice Agent", "agent", NORTHWIND.toString());
    private final IdentityProvider.Person bob = someone(2, "Bob Agent", "agent", LINDEN.toString());
    private final IdentityProvider.Person ada = someone(5, "Ada Admin", "admin", "*");

    private static IdentityProvider.Person someone(int number, String name, String role, String department) {
        return new IdentityProvider.Person(
                person(number),
                name,
                name.split(" ")[0].toLowerCase(java.util.Locale.ROOT) + "@staff.stonechat.example",
                "en",
                "Europe/Amsterdam",
                Set.of(role),
                Set.of(department),
                true,
                name.split(" ")[0].toLowerCase(java.util.Locale.ROOT));
    }

    @BeforeEach
    void setUp() {
        World.setUp();
        directory.mirror(List.of(alice, bob, ada));
    }

    @Test
    @Proves("G-3")
    void shouldMirrorPeopleAndTellOnlyWhatChanged() {
        try (EventCollector events = EventCollector.on("directory")) {
            events.awaitType("AgentDefined", ada.id());
            long before = defined(events, alice.id());
            directory.mirror(List.of(alice, bob, ada));
            IdentityProvider.Person renamed = new IdentityProvider.Person(
                    alice.id(),
                    "Alice Renamed " + UUID.randomUUID(),
                    alice.mail(),
                    "nl",
                    alice.zone(),
                    alice.roles(),
                    alice.departments(),
                    true,
                    alice.userName());
            directory.mirror(List.of(renamed, bob, ada));

            EventCollector.Published changed = events.await(
                    "the new name",
                    event -> renamed.displayName()
                            .equals(event.personal().path("displayName").asText()));
            Contracts.assertMatches("directory", "AgentDefined", changed.data(), changed.personal());
            assertThat(defined(events, alice.id())).isEqualTo(before + 1);
            directory.mirror(List.of(alice, bob, ada));
        }
    }

    private static long defined(EventCollector events, UUID agent) {
        return events.all().stream()
                .filter(event -> "AgentDefined".equals(event.type()) && agent.equals(event.subject()))
                .count();
    }

    @Test
    void shouldShowColleaguesOfTheSameDepartmentAlone() {
        alice().get("/api/v1/agents?limit=200")
                .then()
                .statusCode(200)
                .body("items.id", hasItems(alice.id().toString(), ada.id().toString()))
                .body("items.id", not(hasItem(bob.id().toString())));
        alice().get("/api/v1/agents/me")
                .then()
                .statusCode(200)
                .body("id", equalTo(alice.id().toString()))
                .body("departments", equalTo(List.of(NORTHWIND.toString())))
                .body("zone", equalTo("Europe/Amsterdam"));
        carl().get("/api/v1/agents").then().statusCode(403);
        carl().get("/api/v1/agents/me").then().statusCode(403);
        RestAssured.given().get("/api/v1/agents").then().statusCode(401);
        RestAssured.given().get("/api/v1/agents/me").then().statusCode(401);
    }

    @Test
    void shouldLetTheGoneGo() {
        directory.mirror(List.of(alice, ada));

        max().get("/api/v1/agents?limit=200")
                .then()
                .body("items.id", not(hasItem(bob.id().toString())));
        try (EventCollector events = EventCollector.on("directory")) {
            events.await(
                    "Bob's leaving",
                    event -> bob.id().equals(event.subject())
                            && !event.data().path("active").asBoolean());
        }
    }

    @Test
    @Proves("T-20")
    void shouldShowWhoIsThere() {
        ObjectNode presence =
                Contracts.example("notifications", "PresenceChanged").data().deepCopy();
        presence.put("agentId", alice.id().toString()).put("presence", "AWAY");
        try (EventSender sender = EventSender.open()) {
            sender.send(
                    "notifications",
                    "PresenceChanged",
                    alice.id(),
                    1_000,
                    presence,
                    EventJson.MAPPER.createObjectNode());
        }

        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> alice().get("/api/v1/agents/me").then().body("presence", equalTo("AWAY")));
    }

    @Test
    @Proves("T-5")
    void shouldGiveTicketsToColleaguesAndToOthersOnlyByRight() {
        String id = World.openTicket(alice(), NORTHWIND, "colleague@customers.example");

        alice().body(Map.of("agentId", ada.id()))
                .put("/api/v1/tickets/{id}/assignment", id)
                .then()
                .statusCode(200)
                .body("assigneeName", equalTo("Ada Admin"));
        alice().body(Map.of("agentId", bob.id()))
                .put("/api/v1/tickets/{id}/assignment", id)
                .then()
                .statusCode(403)
                .body("code", equalTo("right-missing"));
        bob().get("/api/v1/tickets/{id}", id).then().statusCode(404);
        World.lena()
                .body(Map.of("agentId", bob.id()))
                .put("/api/v1/tickets/{id}/assignment", id)
                .then()
                .statusCode(200);
        bob().get("/api/v1/tickets/{id}", id).then().statusCode(200);
        bob().get("/api/v1/tickets?view=all-open&limit=200").then().body("items.id", hasItem(id));
        bob().get("/api/v1/tickets?view=my-open&limit=200").then().body("items.id", hasItem(id));
    }

    @Test
    void shouldMakeAGroupForEveryDepartment() {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(keycloak.groups()).containsKeys(NORTHWIND, LINDEN));
    }

    @Test
    void shouldTellOfPeopleWhoseTeamsChange() {
        UUID team = UUID.randomUUID();
        List<UUID> members = new ArrayList<>(List.of(alice.id()));
        World.ada()
                .body(Map.of(
                        "name",
                        "Returns",
                        "slug",
                        "returns-" + team.toString().substring(0, 8),
                        "departmentIds",
                        List.of(NORTHWIND),
                        "memberIds",
                        members))
                .put("/api/v1/teams/{id}", team)
                .then()
                .statusCode(201)
                .header("ETag", "\"1\"");

        try (EventCollector events = EventCollector.on("directory")) {
            EventCollector.Published defined = events.awaitType("TeamDefined", team);
            Contracts.assertMatches("directory", "TeamDefined", defined.data(), defined.personal());
            events.await(
                    "Alice in the team",
                    event -> alice.id().equals(event.subject())
                            && event.data().path("teams").toString().contains(team.toString()));
        }
    }
}
