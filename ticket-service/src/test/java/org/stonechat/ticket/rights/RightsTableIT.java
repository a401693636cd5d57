package org.stonechat.ticket.rights;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;
import org.stonechat.ticket.World;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

import static org.assertj.core.api.Assertions.assertThat;

/// Tries every cell of the canvas's table through the front door.
@QuarkusTest
@WithRealParts
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RightsTableIT {

    private static final String PIPELINE = "/api/v1/departments/{id}/stages";

    private UUID open;
    private UUID moderated;
    private UUID elsewhere;
    private UUID closedTeam;
    private UUID teamOfOpen;
    private UUID teamOfModerated;
    private UUID teamOfElsewhere;

    @BeforeEach
    void setUpOnce() {
        if (open != null) {
            return;
        }
        open = World.newDepartment(Map.of("readsReferred", true));
        moderated = World.newDepartment(Map.of("preset", "MODERATED"));
        elsewhere = World.newDepartment(Map.of());
        closedTeam = World.newTeam(open, "INVITED_INTERNAL");
        teamOfOpen = World.newTeam(open, "INTERNAL");
        teamOfModerated = World.newTeam(moderated, "INTERNAL");
        teamOfElsewhere = World.newTeam(elsewhere, "INTERNAL");
    }

    static Stream<RightsTable.Cell> cells() {
        return RightsTable.read().stream();
    }

    @Test
    void shouldFindEveryRightScopeAndRoleInTheCanvas() {
        List<RightsTable.Cell> cells = RightsTable.read();

        assertThat(cells).hasSize((7 * 6 + 2 * 3) * 6);
        assertThat(cells.stream().map(RightsTable.Cell::right).filter(right -> !right.equals("see")))
                .containsAll(Stream.of(Right.values()).map(Right::name).toList());
        assertThat(cells.stream().map(RightsTable.Cell::expected)).containsOnly("yes", "403", "404");
    }

    @ParameterizedTest
    @MethodSource("cells")
    @Proves({"T-5", "T-6", "G-4"})
    void shouldAllowWhatTheTableSays(RightsTable.Cell cell) {
        Tokens person = Tokens.of("person-" + UUID.randomUUID())
                .role(cell.role())
                .department(open)
                .department(moderated);

        Response answer = switch (cell.right()) {
            case "CONFIGURE" -> configure(cell, person);
            case "EXPORT" -> export(cell);
            default -> onTicket(cell, person);
        };

        int expected = cell.expected().equals("yes") ? 200 : Integer.parseInt(cell.expected());
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(expected);
    }

    /// Everything a department sets up goes by the one right.
    private Response configure(RightsTable.Cell cell, Tokens person) {
        UUID department = departmentOf(cell.scope());
        List<Map<String, Object>> stages = World.ada()
                .get(PIPELINE, department)
                .then()
                .extract()
                .path(
                        "items.collect { it.subMap(['id', 'label', 'category', 'initial', 'reopen', 'solve', 'close']) }");
        Response pipeline = World.as(person).body(Map.of("stages", stages)).put(PIPELINE, department);
        SetUp.in(department)
                .forEach((what, answer) -> assertThat(kindOf(answer.by(World.as(person))))
                        .as(what)
                        .isEqualTo(kindOf(pipeline.statusCode())));
        return pipeline;
    }

    /// 200, 201 and 204 are all of the kind that was allowed.
    private static int kindOf(int status) {
        return status < 300 ? 200 : status;
    }

    /// What is taken out names no department: it is that of all departments where one has the right.
    private Response export(RightsTable.Cell cell) {
        UUID department = departmentOf(cell.scope());
        boolean elsewhereOnly = cell.scope().equals("elsewhere");
        Tokens person = Tokens.of("person-" + UUID.randomUUID())
                .role(cell.role())
                .department(elsewhereOnly ? open : department);
        Response rights = World.as(person).get("/api/v1/departments/{id}/rights", department);
        if (rights.statusCode() == 200) {
            List<String> told = rights.path("rights");
            assertThat(told.contains("EXPORT")).isEqualTo(cell.expected().equals("yes"));
        }
        return elsewhereOnly ? rights : World.as(person).get("/api/v1/exports/tickets?limit=1");
    }

    private UUID departmentOf(String scope) {
        return switch (scope) {
            case "open", "closed team", "referred" -> open;
            case "moderated" -> moderated;
            case "elsewhere", "mine elsewhere" -> elsewhere;
            default -> throw new IllegalArgumentException(scope);
        };
    }

    private Response onTicket(RightsTable.Cell cell, Tokens person) {
        UUID department = departmentOf(cell.scope());
        String ticket = ticket(cell, department, person);
        RequestSpecification who = World.as(person);
        boolean mine = cell.scope().equals("mine elsewhere");
        UUID team =
                department.equals(open) ? teamOfOpen : department.equals(moderated) ? teamOfModerated : teamOfElsewhere;
        UUID foreignTeam = department.equals(elsewhere) ? teamOfModerated : teamOfElsewhere;
        return switch (cell.right()) {
            case "see" -> who.get("/api/v1/tickets/{id}", ticket);
            case "ASSIGN_SELF" ->
                who.body(mine ? Map.of() : Map.of("agentId", person.id()))
                        .put("/api/v1/tickets/{id}/assignment", ticket);
            case "ASSIGN_DEPARTMENT" -> who.body(Map.of("teamId", team)).put("/api/v1/tickets/{id}/assignment", ticket);
            case "ASSIGN_ANYONE" ->
                who.body(Map.of("teamId", foreignTeam)).put("/api/v1/tickets/{id}/assignment", ticket);
            case "REFER" ->
                who.body(Map.of("departmentId", department.equals(moderated) ? open : moderated))
                        .post("/api/v1/tickets/{id}/referral", ticket);
            case "CLOSE" -> who.body(Map.of("as", "CLOSED")).post("/api/v1/tickets/{id}/closure", ticket);
            case "EDIT" ->
                who.contentType("application/merge-patch+json")
                        .header("If-Match", "*")
                        .body(Map.of("priority", "HIGH"))
                        .patch("/api/v1/tickets/{id}", ticket);
            default -> throw new IllegalArgumentException(cell.right());
        };
    }

    private String ticket(RightsTable.Cell cell, UUID department, Tokens person) {
        String ticket = World.openTicket(World.ada(), department, "cell@customers.example");
        switch (cell.scope()) {
            case "mine elsewhere" ->
                assign(
                        World.as(Tokens.of("helper")
                                .subject(person.id())
                                .role("agent")
                                .department(department)),
                        ticket,
                        Map.of("agentId", person.id()));
            case "closed team" -> assign(World.ada(), ticket, Map.of("teamId", closedTeam));
            case "referred" ->
                World.ada()
                        .body(Map.of("departmentId", elsewhere))
                        .post("/api/v1/tickets/{id}/referral", ticket)
                        .then()
                        .statusCode(200);
            default -> {
                // It lies where it was opened, and nobody has it.
            }
        }
        return ticket;
    }

    private static void assign(RequestSpecification who, String ticket, Map<String, UUID> to) {
        who.body(to).put("/api/v1/tickets/{id}/assignment", ticket).then().statusCode(200);
    }
}
