package org.stonechat.ticket.ticket;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.kit.event.EventJson;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;
import org.stonechat.ticket.World;
import org.stonechat.ticket.agent.IdentityProvider;
import org.stonechat.ticket.agent.Staff;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.stonechat.ticket.World.ada;
import static org.stonechat.ticket.World.openTicket;
import static org.stonechat.ticket.World.person;

/// Nobody is given a ticket who cannot work on it, whichever way it is given.
@QuarkusTest
@WithRealParts
class AssigneeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String some = UUID.randomUUID().toString().substring(0, 8);
    private final IdentityProvider.Person colleague = someone("agent", true);
    private final IdentityProvider.Person lead = someone("lead", true);
    private final IdentityProvider.Person analyst = someone("analyst", true);
    private final IdentityProvider.Person dismissed = someone("agent", false);

    private UUID department = UUID.randomUUID();
    private UUID closedTeam = UUID.randomUUID();

    @Inject
    Staff staff;

    private IdentityProvider.Person someone(String role, boolean enabled) {
        UUID id = UUID.randomUUID();
        return new IdentityProvider.Person(
                id,
                "Somebody " + id,
                id + "@staff.stonechat.example",
                "en",
                "UTC",
                Set.of(role),
                Set.of(),
                enabled,
                "user-" + id);
    }

    private IdentityProvider.Person in(IdentityProvider.Person person) {
        return with(person, person.roles(), person.enabled());
    }

    private IdentityProvider.Person with(IdentityProvider.Person person, Set<String> roles, boolean enabled) {
        return new IdentityProvider.Person(
                person.id(),
                person.displayName(),
                person.mail(),
                person.locale(),
                person.zone(),
                roles,
                Set.of(department.toString()),
                enabled,
                person.userName());
    }

    @BeforeEach
    void employ() {
        World.setUp();
        department = World.newDepartment(Map.of());
        closedTeam = World.newTeam(department, "INVITED_INTERNAL");
        staff.employ(in(colleague), in(lead), in(analyst), in(dismissed));
    }

    private RequestSpecification agent() {
        return World.as(
                Tokens.of("agent" + some).subject(colleague.id()).role("agent").department(department));
    }

    private RequestSpecification boss() {
        return World.as(Tokens.of("lead" + some).subject(lead.id()).role("lead").department(department));
    }

    private static ValidatableResponse assign(
            RequestSpecification who, String ticket, @Nullable UUID agent, @Nullable UUID team) {
        Map<String, Object> body = new HashMap<>();
        body.put("agentId", agent);
        body.put("teamId", team);
        return who.body(body).put("/api/v1/tickets/{id}/assignment", ticket).then();
    }

    private String ticket() {
        return openTicket(boss(), department, "customer-" + some + "@customers.example");
    }

    @Test
    @Proves({"T-5", "G-4"})
    void shouldAssignNobodyWhoIsGoneOrDoesNotWorkTickets() {
        String ticket = ticket();

        assign(boss(), ticket, dismissed.id(), null)
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("agent-unknown"))
                .body("errors.pointer", contains("/agentId"));
        assign(boss(), ticket, analyst.id(), null)
                .statusCode(422)
                .body("code", equalTo("agent-cannot-work"))
                .body("errors.pointer", contains("/agentId"));
        assign(boss(), ticket, UUID.randomUUID(), null).statusCode(422).body("code", equalTo("agent-unknown"));
        boss().get("/api/v1/tickets/{id}", ticket).then().body("assigneeId", nullValue());

        assign(boss(), ticket, colleague.id(), null).statusCode(200);
        for (Map.Entry<UUID, String> refused : Map.of(
                        dismissed.id(), "agent-unknown", analyst.id(), "agent-cannot-work")
                .entrySet()) {
            boss().body(Map.of(
                            "departmentId",
                            department,
                            "contact",
                            Map.of("name", "Carl"),
                            "subject",
                            "Theirs",
                            "assigneeId",
                            refused.getKey()))
                    .post("/api/v1/tickets")
                    .then()
                    .statusCode(422)
                    .body("code", equalTo(refused.getValue()))
                    .body("errors.pointer", contains("/assigneeId"));
        }
    }

    @Test
    @Proves({"T-5", "G-4"})
    void shouldAssignNobodyOutsideAClosedTeam() {
        String ticket = ticket();

        assign(boss(), ticket, colleague.id(), closedTeam)
                .statusCode(422)
                .body("code", equalTo("agent-outside-team"))
                .body("detail", startsWith("The team"))
                .body("errors.pointer", contains("/agentId"));
        assign(boss(), ticket, null, closedTeam).statusCode(200);
        assign(boss(), ticket, colleague.id(), null).statusCode(422).body("code", equalTo("agent-outside-team"));
        agent().get("/api/v1/tickets/{id}", ticket).then().statusCode(404);
        boss().body(Map.of(
                        "departmentId",
                        department,
                        "contact",
                        Map.of("name", "Carl"),
                        "subject",
                        "Theirs",
                        "assigneeId",
                        colleague.id(),
                        "teamId",
                        closedTeam))
                .post("/api/v1/tickets")
                .then()
                .statusCode(422)
                .body("code", equalTo("agent-outside-team"));
        assign(boss(), ticket, lead.id(), null)
                .statusCode(200)
                .body("assigneeId", equalTo(lead.id().toString()));

        String open = ticket();
        assign(boss(), open, colleague.id(), null).statusCode(200);
        World.patch(boss(), open, Map.of("teamId", closedTeam))
                .statusCode(422)
                .body("code", equalTo("agent-outside-team"))
                .body("errors.pointer", contains("/teamId"));
        assign(agent(), open, colleague.id(), closedTeam).statusCode(422).body("code", equalTo("agent-outside-team"));
        boss().get("/api/v1/tickets/{id}", open).then().body("teamId", nullValue());

        ada().body(Map.of(
                        "name",
                        "Closed " + some,
                        "slug",
                        "closed-" + some,
                        "departmentIds",
                        List.of(department),
                        "visibility",
                        "INVITED_INTERNAL",
                        "memberIds",
                        List.of(colleague.id())))
                .put("/api/v1/teams/{id}", closedTeam)
                .then()
                .statusCode(200);
        assign(boss(), open, colleague.id(), closedTeam).statusCode(200);
    }

    @Test
    @Proves({"T-5", "G-4"})
    void shouldRefuseThemOfManyTicketsToo() {
        String ticket = ticket();

        String job = boss().body(Map.of(
                        "ticketIds",
                        List.of(ticket),
                        "change",
                        Map.of("assignment", Map.of("agentId", dismissed.id()))))
                .post("/api/v1/bulk-jobs")
                .then()
                .statusCode(202)
                .extract()
                .path("id");

        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> boss().get("/api/v1/bulk-jobs/{id}/items", job)
                        .then()
                        .body("items.code", contains("agent-unknown")));
        boss().get("/api/v1/tickets/{id}", ticket).then().body("assigneeId", nullValue());
    }

    @Test
    @Proves({"T-3", "T-5"})
    void shouldGiveATicketThatIsReopenedBackWhenItsOwnerIsGone() {
        String address = "customer-" + some + "@customers.example";
        String gone = openTicket(boss(), department, address);
        String kept = openTicket(boss(), department, address);
        assign(boss(), gone, colleague.id(), null).statusCode(200);
        assign(boss(), kept, lead.id(), null).statusCode(200);
        for (String ticket : List.of(gone, kept)) {
            boss().body(Map.of("as", "SOLVED"))
                    .post("/api/v1/tickets/{id}/closure", ticket)
                    .then()
                    .statusCode(200);
        }
        staff.employ(with(colleague, colleague.roles(), false), in(lead));

        for (String ticket : List.of(gone, kept)) {
            World.customer(address)
                    .body(Map.of("bodyText", "It is broken again."))
                    .post("/api/v1/portal/tickets/{id}/messages", ticket)
                    .then()
                    .statusCode(201);
        }

        boss().get("/api/v1/tickets/{id}", gone)
                .then()
                .body("stage.category", equalTo("OPEN"))
                .body("assigneeId", nullValue());
        boss().get("/api/v1/tickets/{id}", kept)
                .then()
                .body("stage.category", equalTo("OPEN"))
                .body("assigneeId", equalTo(lead.id().toString()));
    }

    @Test
    @Proves({"T-3", "T-5"})
    void shouldGiveATicketThatALeadReopensBackWhenItsOwnerIsNowAnAnalyst() {
        String ticket = ticket();
        assign(boss(), ticket, colleague.id(), null).statusCode(200);
        boss().body(Map.of("as", "SOLVED"))
                .post("/api/v1/tickets/{id}/closure", ticket)
                .then()
                .statusCode(200);
        staff.employ(with(colleague, Set.of("analyst"), true), in(lead));

        World.patch(boss(), ticket, Map.of("stageId", World.stageOf(department, "ON_HOLD")))
                .statusCode(200)
                .body("assigneeId", nullValue());
    }

    @Test
    @Proves({"T-5", "T-17"})
    void shouldGiveAnAliasBackWhenItsOwnerIsGone() {
        String alias = ticket();
        String survivor = ticket();
        assign(boss(), alias, colleague.id(), null).statusCode(200);
        boss().body(Map.of("into", survivor))
                .post("/api/v1/tickets/{id}/merge", alias)
                .then()
                .statusCode(200);
        staff.employ(with(colleague, colleague.roles(), false), in(lead));

        boss().delete("/api/v1/tickets/{id}/merge", alias).then().statusCode(org.hamcrest.Matchers.oneOf(200, 204));

        boss().get("/api/v1/tickets/{id}", alias)
                .then()
                .body("id", equalTo(alias))
                .body("assigneeId", nullValue());
    }

    @Test
    @Proves({"T-2", "T-5"})
    void shouldImportWhatSomebodyHadWhoIsGoneForEverybody() {
        StringBuilder lines = new StringBuilder();
        for (IdentityProvider.Person owner : List.of(dismissed, analyst, colleague)) {
            lines.append(EventJson.write(Map.of(
                            "externalId",
                            owner.id(),
                            "departmentId",
                            department,
                            "subject",
                            "Of " + owner.id(),
                            "requester",
                            Map.of("name", "Carl"),
                            "assignee",
                            String.valueOf(owner.mail()),
                            "createdAt",
                            "2024-01-01T00:00:00Z")))
                    .append('\n');
        }
        ada().contentType("application/x-ndjson")
                .queryParam("source", "owners-" + some)
                .body(lines.toString().getBytes(StandardCharsets.UTF_8))
                .post("/api/v1/imports")
                .then()
                .statusCode(202);

        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            var list = boss().get("/api/v1/tickets?view=all-open&department=" + department)
                    .then()
                    .statusCode(200);
            list.body("items.size()", equalTo(3));
            list.body("items.find { it.subject == 'Of " + dismissed.id() + "' }.assigneeId", nullValue());
            list.body("items.find { it.subject == 'Of " + analyst.id() + "' }.assigneeId", nullValue());
            list.body(
                    "items.find { it.subject == 'Of " + colleague.id() + "' }.assigneeId",
                    equalTo(colleague.id().toString()));
        });
    }
}
