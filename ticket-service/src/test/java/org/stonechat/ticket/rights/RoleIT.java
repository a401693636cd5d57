package org.stonechat.ticket.rights;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.AccessContract;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.ticket.World;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.oneOf;

@QuarkusTest
@WithRealParts
class RoleIT {

    private final String code = "frontline-" + UUID.randomUUID().toString().substring(0, 8);
    private final UUID shop = UUID.randomUUID();
    private final UUID brand = UUID.randomUUID();

    @BeforeEach
    void setUp() {
        World.newDepartment(shop, Map.of());
        World.newDepartment(brand, Map.of("preset", "MODERATED"));
    }

    private void define(Object body, int status) {
        World.ada().body(body).put("/api/v1/roles/{code}", code).then().statusCode(status);
    }

    @AfterEach
    void tidyUp() {
        World.ada().delete("/api/v1/roles/{code}", code);
        World.ada().delete("/api/v1/roles/agent");
    }

    private RequestSpecification with(String... roles) {
        Tokens token = Tokens.of("somebody-" + code).department(shop).department(brand);
        for (String role : roles) {
            token.role(role);
        }
        return World.as(token);
    }

    private int close(RequestSpecification who, UUID department) {
        String id = World.openTicket(World.ada(), department, "role@customers.example");
        return who.body(Map.of("as", "CLOSED"))
                .post("/api/v1/tickets/{id}/closure", id)
                .statusCode();
    }

    private static void expect(int actual, int expected) {
        org.assertj.core.api.Assertions.assertThat(actual).isEqualTo(expected);
    }

    @Test
    @Proves({"T-6", "G-4"})
    void shouldLetADefinedRoleDoWhatItsDefinitionSaysAndNothingElse() {
        with(code).get("/api/v1/tickets").then().statusCode(403);

        define(
                Map.of(
                        "name",
                        "Frontline",
                        "kind",
                        "AGENT",
                        "presets",
                        Map.of("OPEN", List.of("EDIT", "ASSIGN_SELF")),
                        "departments",
                        Map.of(brand, List.of("EDIT", "CLOSE"))),
                201);

        with(code).get("/api/v1/tickets").then().statusCode(200);
        with(code)
                .get("/api/v1/departments/{id}/rights", shop)
                .then()
                .body("rights", equalTo(List.of("ASSIGN_SELF", "EDIT")));
        // Frontline may update, only managers close; but here it may in one department.
        expect(close(with(code), shop), 403);
        expect(close(with(code), brand), 200);
        String id = World.openTicket(with(code), shop, "role@customers.example");
        with(code)
                .body(Map.of("kind", "COMMENT", "bodyText", "Looked into it."))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(201);
        // Keycloak names the kind beside a composite role; the rights are still those of the definition.
        expect(close(with("agent", code), shop), 403);
        expect(close(with("agent"), shop), 200);
        // Whoever leads as well may what leads may.
        expect(close(with("lead", code), shop), 200);

        define(Map.of("name", "Frontline", "kind", "AGENT", "presets", Map.of("OPEN", List.of("CLOSE"))), 200);
        expect(close(with(code), shop), 200);
        expect(close(with(code), brand), 403);

        World.ada().delete("/api/v1/roles/{code}", code).then().statusCode(204);
        with(code).get("/api/v1/tickets").then().statusCode(403);
        World.ada().delete("/api/v1/roles/{code}", code).then().statusCode(404);
    }

    @Test
    @Proves({"T-6", "G-4"})
    void shouldLetADefinedRoleSetUpTheDepartmentThatItMayConfigure() {
        define(
                Map.of("name", "Keeper", "kind", "AGENT", "departments", Map.of(shop, List.of("EDIT", "CONFIGURE"))),
                201);

        SetUp.in(shop)
                .forEach((what, attempt) -> org.assertj.core.api.Assertions.assertThat(attempt.by(with(code)))
                        .as(what)
                        .isBetween(200, 204));
        SetUp.in(brand)
                .forEach((what, attempt) -> org.assertj.core.api.Assertions.assertThat(attempt.by(with(code)))
                        .as(what)
                        .isEqualTo(403));
        with(code).get("/api/v1/channels").then().statusCode(200).body("items.departmentId", hasItem(shop.toString()));
        with("agent").get("/api/v1/channels").then().statusCode(403).body("code", equalTo("right-missing"));

        // What holds in several departments needs the right in each; in all there are, an admin of all of them.
        Map<String, Object> field = Map.of("code", "both" + code.substring(10), "label", "Both", "kind", "TEXT");
        UUID id = UUID.randomUUID();
        for (List<UUID> scope : List.of(List.of(shop, brand), List.<UUID>of())) {
            Map<String, Object> wanted = new java.util.HashMap<>(field);
            wanted.put("departmentIds", scope);
            with(code).body(wanted).put("/api/v1/fields/{id}", id).then().statusCode(403);
            World.ada().body(wanted).put("/api/v1/fields/{id}", id).then().statusCode(oneOf(200, 201));
            // Nor can it be narrowed down to one's own.
            wanted.put("departmentIds", List.of(shop));
            with(code).body(wanted).put("/api/v1/fields/{id}", id).then().statusCode(403);
        }
    }

    @Test
    @Proves("G-4")
    void shouldShowADefinedRoleWhatItsKindSees() {
        UUID closed = World.newTeam(shop, "INVITED_INTERNAL");
        String id = World.openTicket(World.ada(), shop, "role@customers.example");
        World.ada()
                .body(Map.of("teamId", closed))
                .put("/api/v1/tickets/{id}/assignment", id)
                .then()
                .statusCode(200);

        define(Map.of("name", "Frontline", "kind", "AGENT"), 201);
        with(code).get("/api/v1/tickets/{id}", id).then().statusCode(404);
        define(Map.of("name", "Supervisor", "kind", "LEAD"), 200);
        with(code).get("/api/v1/tickets/{id}", id).then().statusCode(200);
        define(Map.of("name", "Reader", "kind", "ANALYST", "presets", Map.of("OPEN", List.of("EXPORT"))), 200);
        with(code).get("/api/v1/tickets/{id}", id).then().statusCode(403);
        with(code)
                .get("/api/v1/departments/{id}/rights", shop)
                .then()
                .statusCode(200)
                .body("rights", equalTo(List.of("EXPORT")));
    }

    @Test
    @Proves({"T-6", "T-16"})
    void shouldLetARoleConfigureItsDepartmentsAndNoOther() {
        define(Map.of("name", "Keeper", "kind", "LEAD", "departments", Map.of(shop, List.of("CONFIGURE"))), 201);

        with(code)
                .body(Map.of("departmentId", shop, "name", "Returns"))
                .put("/api/v1/queues/{id}", UUID.randomUUID())
                .then()
                .statusCode(201);
        with(code)
                .body(Map.of("departmentId", brand, "name", "Returns"))
                .put("/api/v1/queues/{id}", UUID.randomUUID())
                .then()
                .statusCode(403)
                .body("code", equalTo("right-missing"));
    }

    @Test
    @Proves("T-6")
    void shouldChangeWhatABuiltInRoleMayDoInOneDepartment() {
        World.ada()
                .body(Map.of("name", "Agent", "kind", "AGENT", "departments", Map.of(brand, List.of("EDIT", "CLOSE"))))
                .put("/api/v1/roles/agent")
                .then()
                .statusCode(201)
                .body("builtIn", equalTo(true))
                .body("presets.OPEN", hasItems("CLOSE", "REFER"))
                .body("presets.MODERATED", not(hasItem("CLOSE")));

        expect(close(with("agent"), brand), 200);
        expect(close(with("agent"), shop), 200);
        World.ada().delete("/api/v1/roles/agent").then().statusCode(204);
        expect(close(with("agent"), brand), 403);
    }

    @Test
    void shouldListBuiltInAndDefinedRoles() {
        define(Map.of("name", "Frontline", "kind", "AGENT", "presets", Map.of("OPEN", List.of("EDIT"))), 201);
        World.ada()
                .get("/api/v1/roles")
                .then()
                .statusCode(200)
                .body("items.code", hasItems("admin", "agent", "analyst", "customer", "integration", "lead", code));
        World.ada()
                .get("/api/v1/roles/{code}", code)
                .then()
                .statusCode(200)
                .body("presets.OPEN", equalTo(List.of("EDIT")))
                .body("kind", equalTo("AGENT"));
        World.ada().get("/api/v1/roles/nobody-here").then().statusCode(404);
    }

    @Test
    @Proves("G-4")
    void shouldKeepRolesToAdminsOfAllDepartments() {
        Map<String, Object> body = Map.of("name", "x", "kind", "AGENT");
        RestAssured.given().get("/api/v1/roles").then().statusCode(401);
        RestAssured.given()
                .contentType("application/json")
                .body(body)
                .put("/api/v1/roles/{code}", code)
                .then()
                .statusCode(401);
        World.lena().body(body).put("/api/v1/roles/{code}", code).then().statusCode(403);
        World.lena().get("/api/v1/roles").then().statusCode(403);
        World.lena().get("/api/v1/roles/{code}", code).then().statusCode(403);
        World.lena().delete("/api/v1/roles/{code}", code).then().statusCode(403);
        RequestSpecification local =
                World.as(Tokens.of("local-admin").role("admin").department(shop));
        local.body(body).put("/api/v1/roles/{code}", code).then().statusCode(403);
        World.as(Tokens.of("local-admin").role("admin").department(shop))
                .delete("/api/v1/roles/{code}", code)
                .then()
                .statusCode(403);
    }

    @Test
    void shouldRefuseWhatIsNoRole() {
        for (String fixed : List.of("admin", "customer")) {
            World.ada()
                    .body(Map.of("name", "x", "kind", "AGENT"))
                    .put("/api/v1/roles/{code}", fixed)
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("role-fixed"));
        }
        World.ada()
                .body(Map.of("name", "x", "kind", "AGENT"))
                .put("/api/v1/roles/lead")
                .then()
                .statusCode(409);
        World.ada()
                .body(Map.of("name", "x", "kind", "AGENT"))
                .put("/api/v1/roles/Not_A_Code")
                .then()
                .statusCode(400);
        define(Map.of("name", "x", "kind", "AGENT", "presets", Map.of("OPEN", List.of("FLY"))), 400);
        define(Map.of("name", "x", "kind", "AGENT", "departments", Map.of(UUID.randomUUID(), List.of("EDIT"))), 422);
        define(Map.of("name", "x"), 400);
    }

    @Test
    @Proves("G-4")
    void shouldTellOtherServicesWhatARoleMayDoUntilItIsGone() {
        define(
                Map.of(
                        "name",
                        "Frontline",
                        "kind",
                        "AGENT",
                        "presets",
                        Map.of("OPEN", List.of("EDIT")),
                        "departments",
                        Map.of(brand, List.of("CLOSE", "EDIT"))),
                201);

        try (EventCollector events = EventCollector.on("directory")) {
            EventCollector.Published defined = events.await(
                    "the role",
                    event -> "RoleDefined".equals(event.type())
                            && code.equals(event.data().path("code").asText()));
            Contracts.assertMatches("directory", "RoleDefined", defined.data(), defined.personal());
            assertThat(defined.data().path("kind").asText()).isEqualTo("AGENT");
            assertThat(defined.data().path("presets").toString()).isEqualTo("{\"OPEN\":[\"EDIT\"],\"MODERATED\":[]}");
            assertThat(defined.data().path("departments").path(brand.toString()).toString())
                    .isEqualTo("[\"CLOSE\",\"EDIT\"]");

            World.ada().delete("/api/v1/roles/{code}", code).then().statusCode(204);

            events.awaitGone(defined.subject());
        }
    }

    @Test
    @Proves("G-4")
    void shouldShowClosedTeamsByTheTableOfAllServices() {
        String id = World.openTicket(World.ada(), shop, "closed@customers.example");
        World.ada()
                .body(Map.of("teamId", World.newTeam(shop, "INVITED_INTERNAL")))
                .put("/api/v1/tickets/{id}/assignment", id)
                .then()
                .statusCode(200);

        AccessContract.assertShowsClosedTeamsByTheTable(
                shop,
                List.of("agent", "lead", "admin", "integration"),
                token -> RestAssured.given()
                                .auth()
                                .oauth2(token)
                                .get("/api/v1/tickets/{id}", id)
                                .statusCode()
                        == 200);
    }
}
