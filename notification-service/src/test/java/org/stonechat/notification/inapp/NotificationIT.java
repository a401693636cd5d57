package org.stonechat.notification.inapp;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.notification.world.Shop;
import org.stonechat.notification.world.TestTicket;
import org.stonechat.notification.world.WithMailServer;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

@QuarkusTest
@WithRealParts
@WithMailServer
class NotificationIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String name = "agent" + UUID.randomUUID();
    private Shop shop;

    @BeforeEach
    void open() {
        shop = Shop.open();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void shouldTellNobodyOfWhatWasWrittenBeforeTheTicketWasImported() {
        TestTicket ticket =
                shop.ticket().created("b@x.example").assignedTo(Tokens.of(name).id());
        ticket.customerHadWritten();
        ticket.customerHadWritten();
        ticket.customerWrote();

        await().atMost(PATIENCE).until(() -> unread() == 2);
    }

    @Test
    @Proves("N-5")
    void shouldTellAnAgentOnceOfWhatConcernsThemAndKeepWhatWasRead() {
        TestTicket ticket =
                shop.ticket().created("a@x.example").assignedTo(Tokens.of(name).id());
        ticket.again();
        ticket.customerWrote();

        await().atMost(PATIENCE).until(() -> unread() == 2);
        String newest = agent().get("/api/v1/notifications")
                .then()
                .statusCode(200)
                .body(
                        "items",
                        hasSize(2),
                        "items[0].kind",
                        equalTo("CUSTOMER_MESSAGE"),
                        "items[1].kind",
                        equalTo("ASSIGNED"))
                .extract()
                .path("items[0].id");
        agent().post("/api/v1/notifications/" + newest + "/read")
                .then()
                .statusCode(200)
                .body("readAt", notNullValue());
        agent().post("/api/v1/notifications/" + newest + "/read").then().statusCode(200);
        agent().queryParam("unread", true).get("/api/v1/notifications").then().body("items", hasSize(1));
        agent().get("/api/v1/notifications/counts").then().body("unread", equalTo(1), "assigned", equalTo(1));

        String other = Tokens.of("someone-else")
                .role("agent")
                .department(shop.department)
                .build();
        given().auth()
                .oauth2(other)
                .post("/api/v1/notifications/" + newest + "/read")
                .then()
                .statusCode(404);
    }

    @Test
    @Proves("N-5")
    void shouldTellWhoseTicketItIsOfACommentThatCameByMail() {
        shop.ticket().created("a@x.example").assignedTo(Tokens.of(name).id()).commentedByMail();

        await().atMost(PATIENCE).until(() -> unread() == 2);
        agent().get("/api/v1/notifications")
                .then()
                .statusCode(200)
                .body("items.kind", equalTo(List.of("COMMENT_BY_MAIL", "ASSIGNED")));
        agent().get("/api/v1/notifications/counts").then().body("commentsByMail", equalTo(1));
    }

    @Test
    @Proves("N-5")
    void shouldTellTheAgentsOfTheDepartmentThatATicketWasReferredTo() {
        shop.employs(name);
        await().atMost(PATIENCE).until(() -> {
            shop.ticket().created("a@x.example");
            return unread() > 0;
        });

        try (Shop other = Shop.open()) {
            TestTicket ticket = other.ticket().created("b@x.example").referredTo(shop.department);

            await().atMost(PATIENCE)
                    .until(() -> agent().get("/api/v1/notifications")
                            .then()
                            .extract()
                            .<java.util.List<String>>path("items.ticketId")
                            .contains(ticket.id.toString()));
        }
    }

    @Test
    @Proves({"T-8", "N-5"})
    void shouldTellThoseWhoAreMentionedAndTheMembersOfTeamsThatAre() {
        UUID me = shop.employs(name);
        String colleague = "member" + UUID.randomUUID();
        UUID team = shop.hasTeam("INTERNAL", java.util.List.of(shop.employs(colleague)));
        String owner = "owner" + UUID.randomUUID();
        UUID owners = shop.employs(owner);

        await().atMost(PATIENCE).until(() -> {
            shop.ticket().created("a@x.example").assignedTo(owners).mentioned(me, team);
            return mentions(name) > 0 && mentions(colleague) > 0;
        });

        given().auth()
                .oauth2(shop.agentToken(owner))
                .get("/api/v1/notifications/counts")
                .then()
                .body("mentions", equalTo(0));
    }

    @Test
    @Proves({"T-8", "G-4"})
    void shouldTellNobodyOfATicketTheyMayNotSee() {
        UUID me = shop.employs(name);
        String outsider = "outsider" + UUID.randomUUID();
        String colleague = "colleague" + UUID.randomUUID();
        UUID colleagues = shop.employs(colleague);
        try (Shop elsewhere = Shop.open()) {
            UUID others = elsewhere.employs(outsider);
            UUID closed = shop.hasTeam("INVITED_INTERNAL", List.of(me));
            UUID mixed = shop.hasTeam("INTERNAL", List.of(me, colleagues, others));

            await().atMost(PATIENCE).until(() -> {
                shop.ticket().ofTeam(closed).created("a@x.example").mentioned(me, colleagues, others, mixed);
                return mentions(name) > 0;
            });

            assertNobodyWasTold(outsider, colleague);
            // The same people of a ticket that all of the department see.
            await().atMost(PATIENCE).until(() -> {
                shop.ticket().created("a@x.example").mentioned(mixed);
                return mentions(colleague) > 0;
            });
            assertNobodyWasTold(outsider);
        }
    }

    private void assertNobodyWasTold(String... people) {
        for (String one : people) {
            given().auth()
                    .oauth2(shop.agentToken(one))
                    .get("/api/v1/notifications/counts")
                    .then()
                    .body("mentions", equalTo(0));
        }
    }

    private int mentions(String who) {
        return given().auth()
                .oauth2(shop.agentToken(who))
                .get("/api/v1/notifications/counts")
                .then()
                .statusCode(200)
                .extract()
                .path("mentions");
    }

    @Test
    void shouldTellTheAgentsOfTheDepartmentOfAnUnassignedTicket() {
        shop.employs(name);

        await().atMost(PATIENCE).until(() -> {
            shop.ticket().created("a@x.example");
            return unread() > 0;
        });
    }

    @Test
    void shouldRefuseWhoHasNoNotifications() {
        String customer = Tokens.of("carl").role("customer").build();
        for (String path : new String[] {"/api/v1/notifications", "/api/v1/notifications/counts"}) {
            given().get(path).then().statusCode(401);
            given().auth().oauth2(customer).get(path).then().statusCode(403);
        }
        String read = "/api/v1/notifications/" + UUID.randomUUID() + "/read";
        given().post(read).then().statusCode(401);
        given().auth().oauth2(customer).post(read).then().statusCode(403);
    }

    private int unread() {
        return agent().get("/api/v1/notifications/counts")
                .then()
                .statusCode(200)
                .extract()
                .path("unread");
    }

    private RequestSpecification agent() {
        return given().auth().oauth2(shop.agentToken(name));
    }
}
