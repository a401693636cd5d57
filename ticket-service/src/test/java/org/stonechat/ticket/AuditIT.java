package org.stonechat.ticket;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

/// What administrators do to rights, secrets and settings leaves a line, and so does what is refused.
@QuarkusTest
@WithRealParts
class AuditIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String ADDRESS = "/api/v1/operations/tickets/audit";

    private final Tokens admin =
            Tokens.of("ada-" + UUID.randomUUID()).role("admin").allDepartments();
    private final String role = "helper-" + UUID.randomUUID().toString().substring(0, 8);
    private final UUID department = UUID.randomUUID();

    @BeforeEach
    void setUp() {
        World.newDepartment(department, Map.of());
    }

    @AfterEach
    void tidyUp() {
        World.ada().delete("/api/v1/roles/{code}", role);
    }

    @Test
    @Proves("G-7")
    void shouldLeaveALineWhenARoleIsWidenedAndNoneWhenNothingChanges() {
        define(List.of("EDIT"));
        define(List.of("EDIT", "EXPORT"));
        define(List.of("EDIT", "EXPORT"));
        World.as(admin).delete("/api/v1/roles/{code}", role).then().statusCode(204);

        JsonPath lines = of(admin);
        assertThat(lines.getList("items.kind")).containsExactly("role", "role", "role");
        assertThat(lines.getList("items.subjectId")).containsOnly(role);
        assertThat(lines.getList("items[1].changes.field")).containsExactly("presets");
        assertThat(lines.getString("items[1].changes[0].from")).contains("EDIT").doesNotContain("EXPORT");
        assertThat(lines.getString("items[1].changes[0].to")).contains("EXPORT");
        assertThat(lines.getString("items[0].changes.find { it.field == 'code' }.to"))
                .isNull();
    }

    @Test
    @Proves("G-7")
    void shouldLeaveALineWhenATeamIsClosedOrGetsAnotherMember() {
        UUID team = UUID.randomUUID();
        UUID member = World.person(1);
        team(team, "INTERNAL", List.of());
        team(team, "INVITED_INTERNAL", List.of(member));

        JsonPath lines = of(admin);
        assertThat(lines.getList("items.kind")).containsExactly("team", "team");
        assertThat(lines.getString("items[0].changes.find { it.field == 'visibility' }.from"))
                .isEqualTo("INTERNAL");
        assertThat(lines.getString("items[0].changes.find { it.field == 'visibility' }.to"))
                .isEqualTo("INVITED_INTERNAL");
        assertThat(lines.getString("items[0].changes.find { it.field == 'memberIds' }.to"))
                .contains(member.toString());
    }

    @Test
    @Proves("G-7")
    void shouldLeaveALineWhenAChannelsSecretIsMadeAnewAndNotTheSecret() {
        UUID channel = UUID.randomUUID();
        String first = channel(channel, false);
        String second = channel(channel, true);

        JsonPath lines = of(admin);
        assertThat(lines.getList("items.kind")).containsExactly("channel", "channel");
        assertThat(lines.getList("items[0].changes.field")).containsExactly("secret");
        assertThat(lines.getBoolean("items[0].changes[0].withheld")).isTrue();
        assertThat(lines.prettify()).doesNotContain(first, second);
    }

    @Test
    @Proves("G-7")
    void shouldLeaveALineWhenSettingsOfADepartmentChange() {
        World.as(admin)
                .body(Map.of(
                        "name", "Renamed",
                        "slug", "r-" + department.toString().substring(0, 8),
                        "preset", "MODERATED"))
                .put("/api/v1/departments/{id}", department)
                .then()
                .statusCode(200);
        World.as(admin)
                .body(Map.of("departmentId", department, "name", "First line", "position", 1, "retired", false))
                .put("/api/v1/queues/{id}", UUID.randomUUID())
                .then()
                .statusCode(201);
        World.as(admin)
                .body(Map.of("undoSendFor", "PT20S", "signature", Map.of("text", "Yours, the words of the desk")))
                .put("/api/v1/departments/{id}/conversation-settings", department)
                .then()
                .statusCode(200);

        JsonPath lines = of(admin);
        assertThat(lines.getList("items.kind")).containsExactly("conversation-settings", "queue", "department");
        assertThat(lines.getString("items[2].changes.find { it.field == 'preset' }.to"))
                .isEqualTo("MODERATED");
        assertThat(lines.getBoolean("items[0].changes.find { it.field == 'signature' }.withheld"))
                .isTrue();
        assertThat(lines.prettify()).doesNotContain("the words of the desk");
    }

    @Test
    @Proves("G-7")
    void shouldLeaveALineOfARefusedCallOfWhoeverMadeIt() {
        Tokens agent = World.agentOf(department, "alice");
        World.as(agent).delete("/api/v1/roles/{code}", role).then().statusCode(403);
        World.as(agent)
                .get("/api/v1/departments/{id}/conversation-settings", UUID.randomUUID())
                .then()
                .statusCode(404);
        Tokens customer = Tokens.of("carl-" + UUID.randomUUID()).role("customer");
        World.as(customer).get("/api/v1/tickets").then().statusCode(403);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(of(agent).getList("items.operation"))
                        .containsExactly("DELETE /api/v1/roles/{code}"));
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(of(customer).getList("items.operation")).containsExactly("GET /api/v1/tickets"));
        assertThat(of(customer).getString("items[0].actorKind")).isEqualTo("CUSTOMER");
        assertThat(of(agent).getString("items[0].outcome")).isEqualTo("REFUSED");
    }

    @Test
    @Proves("G-4")
    void shouldShowLinesToAdminsOfAllDepartmentsAlone() {
        World.as(Tokens.of("lea").role("admin").department(department))
                .get(ADDRESS)
                .then()
                .statusCode(403)
                .body("code", equalTo("forbidden"));
        World.as(World.agentOf(department, "bob")).get(ADDRESS).then().statusCode(403);
    }

    private void define(List<String> rights) {
        World.as(admin)
                .body(Map.of("name", "Helper", "kind", "AGENT", "presets", Map.of("OPEN", rights)))
                .put("/api/v1/roles/{code}", role);
    }

    private void team(UUID team, String visibility, List<UUID> members) {
        World.as(admin)
                .body(Map.of(
                        "name",
                        "Team " + team.toString().substring(0, 8),
                        "slug",
                        "t-" + team.toString().substring(0, 8),
                        "departmentIds",
                        List.of(department),
                        "visibility",
                        visibility,
                        "memberIds",
                        members))
                .put("/api/v1/teams/{id}", team)
                .then()
                .statusCode(org.hamcrest.Matchers.oneOf(200, 201));
    }

    private String channel(UUID channel, boolean rotate) {
        return World.as(admin)
                .body(Map.of("name", "Messenger", "departmentId", department, "rotateSecret", rotate))
                .put("/api/v1/channels/{id}", channel)
                .then()
                .statusCode(org.hamcrest.Matchers.oneOf(200, 201))
                .extract()
                .path("secret");
    }

    private static JsonPath of(Tokens actor) {
        return World.ada()
                .queryParam("actor", actor.id())
                .get(ADDRESS)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }
}
