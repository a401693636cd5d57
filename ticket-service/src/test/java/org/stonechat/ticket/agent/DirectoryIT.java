package org.stonechat.ticket.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.kit.event.EventJson;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.EventSender;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
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
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.stonechat.ticket.World.LINDEN;
import static org.stonechat.ticket.World.NORTHWIND;
import static org.stonechat.ticket.World.ada;
import static org.stonechat.ticket.World.alice;
import static org.stonechat.ticket.World.ana;
import static org.stonechat.ticket.World.bob;
import static org.stonechat.ticket.World.carl;
import static org.stonechat.ticket.World.lena;
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
    private final IdentityProvider.Person lena = someone(3, "Lena Lead", "lead", NORTHWIND.toString());
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
        directory.mirror(List.of(alice, bob, lena, ada));
    }

    /// Whoever left here works again for the tests that follow.
    @AfterEach
    void employAgain() {
        directory.mirror(List.of(alice, bob, lena, ada));
        directory.disabled(Set.of());
    }

    @Test
    @Proves("G-3")
    void shouldMirrorPeopleAndTellOnlyWhatChanged() {
        try (EventCollector events = EventCollector.on("directory")) {
            events.awaitType("AgentDefined", ada.id());
            long before = defined(events, alice.id());
            directory.mirror(List.of(alice, bob, lena, ada));
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
            directory.mirror(List.of(renamed, bob, lena, ada));

            EventCollector.Published changed = events.await(
                    "the new name",
                    event -> renamed.displayName()
                            .equals(event.personal().path("displayName").asText()));
            Contracts.assertMatches("directory", "AgentDefined", changed.data(), changed.personal());
            assertThat(defined(events, alice.id())).isEqualTo(before + 1);
            directory.mirror(List.of(alice, bob, lena, ada));
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
        directory.mirror(List.of(alice, lena, ada));

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

    @Test
    @Proves({"G-3", "G-4"})
    void shouldRefuseWhoseAccountIsDisabledThoughTheTokenIsValid() {
        bob().get("/api/v1/tickets").then().statusCode(200);

        directory.disabled(Set.of(bob.id()));

        for (String path : List.of("/api/v1/tickets", "/api/v1/agents/me", "/api/v1/views")) {
            bob().get(path)
                    .then()
                    .statusCode(403)
                    .contentType("application/problem+json")
                    .body("code", equalTo("account-disabled"));
        }
        alice().get("/api/v1/tickets").then().statusCode(200);
        // The line of the refusal names him, though he is let in nowhere.
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> ada().queryParam("actor", bob.id())
                        .get("/api/v1/operations/tickets/audit")
                        .then()
                        .statusCode(200)
                        .body("items.code", hasItem("account-disabled")));
        try (EventCollector events = EventCollector.on("directory")) {
            events.await(
                    "that Bob was disabled",
                    event -> bob.id().equals(event.subject())
                            && !event.data().path("active").asBoolean());
        }
        // Enabled again: the next full look finds him at work.
        directory.mirror(List.of(alice, bob, lena, ada));
        bob().get("/api/v1/tickets").then().statusCode(200);
    }

    @Test
    @Proves("G-4")
    void shouldRefuseCustomersWhoseAccountIsDisabled() {
        UUID customer = Tokens.of("customer-gone@customers.example").id();
        World.customer("gone@customers.example")
                .get("/api/v1/portal/tickets")
                .then()
                .statusCode(200);

        directory.disabled(Set.of(customer));

        World.customer("gone@customers.example")
                .get("/api/v1/portal/tickets")
                .then()
                .statusCode(403)
                .body("code", equalTo("account-disabled"));
        directory.disabled(Set.of());
        World.customer("gone@customers.example")
                .get("/api/v1/portal/tickets")
                .then()
                .statusCode(200);
    }

    @Test
    @Proves({"T-20", "G-4"})
    void shouldShowThePresenceOfOthersToLeadsAndAdminsAlone() {
        String alices = "items.find { it.id == '" + alice.id() + "' }.presence";
        lena().get("/api/v1/agents?limit=200").then().statusCode(200).body(alices, notNullValue());
        alice().get("/api/v1/agents?limit=200").then().statusCode(200).body(alices, notNullValue());
        alice().get("/api/v1/agents?limit=200")
                .then()
                .body("items.find { it.id == '" + lena.id() + "' }.presence", nullValue())
                .body("items.find { it.id == '" + lena.id() + "' }.lastSeenAt", nullValue());
        ana().get("/api/v1/agents?limit=200").then().statusCode(200).body(alices, nullValue());
        alice().get("/api/v1/agents/presence?department=" + NORTHWIND).then().statusCode(403);
    }

    @Test
    @Proves("G-4")
    void shouldLetAnAdminOfOneDepartmentAddNobodyOfAnotherToATeam() {
        Tokens local = Tokens.of("northwinds-admin").role("admin").department(NORTHWIND);
        UUID team = UUID.randomUUID();
        Map<String, Object> wanted = new HashMap<>(Map.of(
                "name",
                "Mixed",
                "slug",
                "mixed-" + team.toString().substring(0, 8),
                "departmentIds",
                List.of(NORTHWIND),
                "memberIds",
                List.of(alice.id(), bob.id())));

        World.as(local)
                .body(wanted)
                .put("/api/v1/teams/{id}", team)
                .then()
                .statusCode(422)
                .body("code", equalTo("agent-unknown"));
        // Somebody who is nobody is refused alike.
        wanted.put("memberIds", List.of(UUID.randomUUID()));
        World.as(local).body(wanted).put("/api/v1/teams/{id}", team).then().statusCode(422);
        wanted.put("memberIds", List.of(alice.id()));
        World.as(local).body(wanted).put("/api/v1/teams/{id}", team).then().statusCode(201);
        wanted.put("memberIds", List.of(alice.id(), bob.id()));
        World.ada().body(wanted).put("/api/v1/teams/{id}", team).then().statusCode(200);
        // Whom an admin of all let in stays, whatever else is changed.
        wanted.put("name", "Mixed still");
        World.as(local).body(wanted).put("/api/v1/teams/{id}", team).then().statusCode(200);
    }
}
