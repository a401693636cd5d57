package org.stonechat.ticket.agent;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.testing.EventSender;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.ticket.World;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.stonechat.ticket.World.LINDEN;
import static org.stonechat.ticket.World.NORTHWIND;
import static org.stonechat.ticket.World.ada;
import static org.stonechat.ticket.World.alice;
import static org.stonechat.ticket.World.bob;
import static org.stonechat.ticket.World.carl;
import static org.stonechat.ticket.World.lena;

@QuarkusTest
@WithRealParts
class PresenceIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final String PATH = "/api/v1/agents/presence?limit=200&department=";

    private final UUID id = UUID.randomUUID();

    @Inject
    Staff staff;

    @BeforeEach
    void setUp() {
        World.setUp();
        staff.employ(Staff.someone(id, "otto-" + id, "Otto Online", "agent", NORTHWIND));
    }

    @Test
    @Proves("T-20")
    void shouldShowLeadsWhoIsOnlineAwayOrOfflineAndWhenTheyWereLastSeen() {
        Instant since = Instant.parse("2026-05-04T08:00:00Z");
        try (EventSender sender = EventSender.open()) {
            long sequence = 0;
            for (String state : new String[] {"ONLINE", "AWAY", "OFFLINE"}) {
                var changed = Contracts.example("notifications", "PresenceChanged");
                since = since.plusSeconds(600);
                changed.data()
                        .put("agentId", id.toString())
                        .put("presence", state)
                        .put("since", since.toString());
                sender.send("notifications", "PresenceChanged", id, ++sequence, changed.data(), changed.personal());
                String at = since.toString();
                Awaitility.await()
                        .atMost(PATIENCE)
                        .untilAsserted(() -> lena().get(PATH + NORTHWIND)
                                .then()
                                .statusCode(200)
                                .body("items.find { it.agentId == '" + id + "' }.presence", equalTo(state))
                                .body("items.find { it.agentId == '" + id + "' }.lastSeenAt", equalTo(at)));
            }
        }
        lena().get(PATH + NORTHWIND)
                .then()
                .body("items.agentId", not(hasItem(World.person(2).toString())));
        ada().get(PATH + LINDEN)
                .then()
                .body("items.agentId", hasItem(World.person(2).toString()));
    }

    @Test
    @Proves("G-4")
    void shouldShowItToLeadsOfTheDepartmentAlone() {
        RestAssured.given().get(PATH + NORTHWIND).then().statusCode(401);
        carl().get(PATH + NORTHWIND).then().statusCode(403);
        alice().get(PATH + NORTHWIND).then().statusCode(403);
        bob().get(PATH + NORTHWIND).then().statusCode(403);
        lena().get(PATH + LINDEN).then().statusCode(404);
        lena().get("/api/v1/agents/presence").then().statusCode(400);
    }
}
