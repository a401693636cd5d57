package org.stonechat.ticket.rights;

import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;
import org.stonechat.ticket.World;
import org.stonechat.ticket.agent.Staff;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

/// A day at a shop's open desk, and one at a moderated desk.
@QuarkusTest
@WithRealParts
class PresetIT {

    @Inject
    Staff staff;

    private final UUID department = UUID.randomUUID();
    private final UUID me = UUID.randomUUID();
    private final UUID colleague = UUID.randomUUID();
    private final UUID chief = UUID.randomUUID();

    private void desk(String preset) {
        World.setUp();
        World.newDepartment(department, Map.of("preset", preset));
        staff.employ(
                Staff.someone(me, "me-" + me, "Mia Me", "agent", department),
                Staff.someone(colleague, "co-" + colleague, "Cora Colleague", "agent", department),
                Staff.someone(chief, "chief-" + chief, "Chris Chief", "lead", department));
    }

    private RequestSpecification me() {
        return World.as(Tokens.of("me-" + me).subject(me).role("agent").department(department));
    }

    private RequestSpecification chief() {
        return World.as(Tokens.of("chief-" + chief).subject(chief).role("lead").department(department));
    }

    private String open() {
        return World.openTicket(chief(), department, "preset@customers.example");
    }

    private static ValidatableResponse assign(RequestSpecification who, String ticket, Map<String, ?> to) {
        return who.body(to).put("/api/v1/tickets/{id}/assignment", ticket).then();
    }

    @Test
    @Proves("T-5")
    void shouldLetEverybodyAssignAtAnOpenDesk() {
        desk("OPEN");
        String ticket = open();

        assign(me(), ticket, Map.of("agentId", colleague))
                .statusCode(200)
                .body("assigneeName", equalTo("Cora Colleague"));
        // Also away from whoever has it, and to nobody.
        assign(me(), ticket, Map.of("agentId", me)).statusCode(200);
        assign(me(), ticket, Map.of("teamId", World.newTeam(department, "INTERNAL")))
                .statusCode(200)
                .body("assigneeId", nullValue());
        assign(me(), ticket, Map.of("agentId", colleague)).statusCode(200);
        assign(me(), ticket, Map.of()).statusCode(200).body("assigneeId", nullValue());
        me().get("/api/v1/tickets?view=unassigned&limit=200").then().body("items.id", hasItem(ticket));
    }

    @Test
    @Proves("T-5")
    void shouldLetAgentsTakeAndReleaseAndLeadsAssignAtAModeratedDesk() {
        desk("MODERATED");
        String ticket = open();

        assign(me(), ticket, Map.of("agentId", colleague)).statusCode(403).body("code", equalTo("right-missing"));
        assign(me(), ticket, Map.of("agentId", me)).statusCode(200).body("assigneeId", equalTo(me.toString()));
        me().get("/api/v1/tickets?view=my-open&limit=200").then().body("items.id", hasItem(ticket));
        assign(me(), ticket, Map.of()).statusCode(200).body("assigneeId", nullValue());
        me().get("/api/v1/tickets?view=my-open&limit=200").then().body("items.id", not(hasItem(ticket)));

        assign(chief(), ticket, Map.of("agentId", colleague)).statusCode(200);
        // What a colleague has is neither taken from her nor put back.
        assign(me(), ticket, Map.of("agentId", me)).statusCode(403).body("code", equalTo("right-missing"));
        assign(me(), ticket, Map.of()).statusCode(403).body("code", equalTo("right-missing"));
        assign(chief(), ticket, Map.of("agentId", me)).statusCode(200).body("assigneeId", equalTo(me.toString()));
        assign(chief(), ticket, Map.of()).statusCode(200);
    }
}
