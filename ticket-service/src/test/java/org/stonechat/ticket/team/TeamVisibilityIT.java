package org.stonechat.ticket.team;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;
import org.stonechat.ticket.World;

import io.quarkus.test.junit.QuarkusTest;

import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

@QuarkusTest
@WithRealParts
class TeamVisibilityIT {

    private final UUID department = UUID.randomUUID();

    @BeforeEach
    void setUp() {
        World.newDepartment(department, Map.of());
    }

    @Test
    @Proves({"T-16", "G-4"})
    void shouldShowClosedTeamsToTheirMembersAndLeadsAlone() {
        UUID closed = UUID.randomUUID();
        Tokens member = World.agentOf(department, "member");
        World.ada()
                .body(Map.of(
                        "name",
                        "Closed",
                        "slug",
                        "closed-" + closed.toString().substring(0, 8),
                        "departmentIds",
                        List.of(department),
                        "visibility",
                        "INVITED_INTERNAL",
                        "memberIds",
                        List.of(member.id())))
                .put("/api/v1/teams/{id}", closed)
                .then()
                .statusCode(201);
        UUID internal = World.newTeam(department, "INTERNAL");

        for (Tokens who : List.of(
                World.agentOf(department, "member"),
                Tokens.of("lead" + department).role("lead").department(department))) {
            World.as(who).get("/api/v1/teams/{id}", closed).then().statusCode(200);
            World.as(who).get("/api/v1/teams?limit=200").then().body("items.id", hasItem(closed.toString()));
        }
        Tokens other = World.agentOf(department, "other");
        World.as(other).get("/api/v1/teams/{id}", closed).then().statusCode(404);
        World.as(other)
                .get("/api/v1/teams?limit=200")
                .then()
                .body("items.id", not(hasItem(closed.toString())))
                .body("items.id", hasItem(internal.toString()));
        World.as(other).get("/api/v1/teams/{id}", internal).then().statusCode(200);
        // One's own team shows wherever one works.
        Tokens away = Tokens.of("member" + department).role("agent").department(World.newDepartment(Map.of()));
        World.as(away).get("/api/v1/teams/{id}", closed).then().statusCode(200);
        World.as(away).get("/api/v1/teams?limit=200").then().body("items.id", hasItem(closed.toString()));
        World.as(away).get("/api/v1/teams/{id}", internal).then().statusCode(404);
    }
}
