package org.stonechat.testing.contract;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

import org.awaitility.Awaitility;
import org.stonechat.kit.security.Roles;
import org.stonechat.testing.EventSender;
import org.stonechat.testing.Tokens;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.restassured.response.Response;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

/// What every service does with what `directory` says of rights, through its own front door: it refuses whoever does
/// not work here any more, it admits whoever has a defined role, and it shows closed teams to the roles of one table.
public final class AccessContract {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /// The one table of who sees what lies with a closed team of their departments without being in it; the roles that
    /// a service does not admit at all are refused whatever lies with whom.
    private static final Set<String> SEES_CLOSED_TEAMS = Set.of(Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION);

    private AccessContract() {}

    /// @param role one that may read the path
    public static void assertRefusesTheDismissed(String role, UUID department, String path) {
        Tokens person = Tokens.of("dismissed-" + UUID.randomUUID()).role(role).department(department);
        String token = person.build();
        get(token, path).then().statusCode(200);
        try (EventSender sender = EventSender.open()) {
            tell(sender, person.id(), 1, false);
            Awaitility.await("refusing " + role)
                    .atMost(PATIENCE)
                    .untilAsserted(() -> get(token, path)
                            .then()
                            .statusCode(403)
                            .contentType(startsWith("application/problem+json"))
                            .body("code", equalTo("account-disabled")));
            // The token is refused, whatever operation it is for, and a new one of the same person too.
            given().auth()
                    .oauth2(Tokens.of("other-name")
                            .subject(person.id())
                            .role(Roles.ADMIN)
                            .allDepartments()
                            .build())
                    .get(path)
                    .then()
                    .statusCode(403)
                    .body("code", equalTo("account-disabled"));
            tell(sender, person.id(), 2, true);
            Awaitility.await("admitting " + role + " again")
                    .atMost(PATIENCE)
                    .until(() -> get(token, path).statusCode() == 200);
        }
    }

    private static void tell(EventSender sender, UUID person, long sequence, boolean active) {
        GoldenExample example = Contracts.example("directory", "AgentDefined");
        ObjectNode data = example.data().deepCopy();
        data.put("id", person.toString()).put("active", active);
        sender.send("directory", "AgentDefined", person, sequence, data, example.personal());
    }

    /// @param kind one of those that may read the path
    public static void assertAdmitsDefinedRoles(String kind, UUID department, String path) {
        String code = "defined-" + UUID.randomUUID().toString().substring(0, 8);
        String token =
                Tokens.of("somebody-" + code).role(code).department(department).build();
        get(token, path).then().statusCode(403);
        UUID role = UUID.randomUUID();
        try (EventSender sender = EventSender.open()) {
            defineRole(sender, role, 1, code, kind, department, Set.of());
            Awaitility.await("admitting a defined role")
                    .atMost(PATIENCE)
                    .until(() -> get(token, path).statusCode() == 200);
            sender.sendTombstone("directory", "RoleDefined", role, 2);
            Awaitility.await("refusing a role that is gone")
                    .atMost(PATIENCE)
                    .until(() -> get(token, path).statusCode() == 403);
        }
    }

    /// Publishes a role with these rights in one department and with none elsewhere.
    public static void defineRole(
            EventSender sender, UUID id, long sequence, String code, String kind, UUID department, Set<String> rights) {
        GoldenExample example = Contracts.example("directory", "RoleDefined");
        ObjectNode data = example.data().deepCopy();
        data.put("id", id.toString()).put("code", code).put("kind", kind.toUpperCase(java.util.Locale.ROOT));
        data.putObject("presets");
        var granted = data.putObject("departments").putArray(department.toString());
        rights.forEach(granted::add);
        sender.send("directory", "RoleDefined", id, sequence, data, example.personal());
    }

    /// @param admitted the roles that may ask at all
    /// @param sees     whether somebody of the department, with this token, is shown what lies with a closed team
    public static void assertShowsClosedTeamsByTheTable(
            UUID department, List<String> admitted, Predicate<String> sees) {
        for (String role : admitted) {
            String token = Tokens.of("reader-" + role + UUID.randomUUID())
                    .role(role)
                    .department(department)
                    .build();
            boolean should = SEES_CLOSED_TEAMS.contains(role);
            if (sees.test(token) != should) {
                throw new AssertionError("somebody with the role " + role + (should ? " does not see" : " sees")
                        + " what lies with a closed team");
            }
        }
    }

    private static Response get(String token, String path) {
        return given().auth().oauth2(token).get(path);
    }
}
