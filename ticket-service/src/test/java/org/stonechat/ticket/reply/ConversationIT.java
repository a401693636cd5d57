package org.stonechat.ticket.reply;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.ticket.Customer;
import org.stonechat.ticket.World;
import org.stonechat.ticket.agent.Staff;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;
import static org.stonechat.ticket.World.NORTHWIND;
import static org.stonechat.ticket.World.alice;
import static org.stonechat.ticket.World.bob;
import static org.stonechat.ticket.World.carl;
import static org.stonechat.ticket.World.lena;
import static org.stonechat.ticket.World.openTicket;
import static org.stonechat.ticket.World.person;

@QuarkusTest
@WithRealParts
class ConversationIT {

    private final String address = "talk-" + UUID.randomUUID() + "@customers.example";

    @Inject
    Staff staff;

    @BeforeEach
    void setUp() {
        World.setUp();
        staff.employ();
    }

    private String lastMessage(String ticket) {
        return alice().get("/api/v1/tickets/{id}/messages?limit=200", ticket)
                .then()
                .extract()
                .path("items[-1].id");
    }

    @Test
    @Proves({"T-1", "T-8"})
    void shouldReplyToAllWhoTakePartAndToNoneOfOurOwnAddresses() {
        String ticket = openTicket(alice(), NORTHWIND, address);
        try (Customer customer = new Customer(address)) {
            customer.writes(
                    ticket,
                    NORTHWIND,
                    alice(),
                    "My neighbour knows more.",
                    "neighbour@customers.example",
                    "Support+t.10001.abcdefghijklmnop@northwind.example",
                    address);
        }

        alice().body(Map.of(
                        "kind",
                        "PUBLIC_REPLY",
                        "bodyText",
                        "Thank you both.",
                        "basedOnMessageId",
                        lastMessage(ticket),
                        "replyAll",
                        true,
                        "cc",
                        List.of(Map.of("address", "Warehouse@partner.example"))))
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .statusCode(201)
                .body("to.address", equalTo(List.of(address)))
                .body("cc.address", equalTo(List.of("warehouse@partner.example")));
        alice().get("/api/v1/tickets/{id}", ticket)
                .then()
                .body("suggestedCopies.address", equalTo(List.of("neighbour@customers.example")));
        alice().body(Map.of(
                        "kind",
                        "PUBLIC_REPLY",
                        "bodyText",
                        "Thank you again.",
                        "basedOnMessageId",
                        lastMessage(ticket),
                        "replyAll",
                        true,
                        "cc",
                        List.of(Map.of("address", "neighbour@customers.example"))))
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .statusCode(201)
                .body("cc.address", containsInAnyOrder("warehouse@partner.example", "neighbour@customers.example"));

        alice().body(Map.of(
                        "kind", "PUBLIC_REPLY", "bodyText", "For you alone.", "basedOnMessageId", lastMessage(ticket)))
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .statusCode(201)
                .body("cc", empty());
    }

    @Test
    @Proves("T-9")
    void shouldRefuseAReplyThatCrossesTheCustomersAndLoseNothing() {
        String ticket = openTicket(alice(), NORTHWIND, address);
        try (Customer customer = new Customer(address)) {
            customer.writes(ticket, NORTHWIND, alice(), "Still nothing.");
        }

        // A first reply names none: its author has seen the ticket as it was opened.
        alice().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "Which parcel?", "solve", false))
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .statusCode(409)
                .body("code", equalTo("reply-outdated"))
                .body("missed", hasSize(1))
                .body("missed[0].bodyText", equalTo("Still nothing."));

        alice().get("/api/v1/tickets/{id}/messages", ticket).then().body("items", hasSize(2));
        alice().get("/api/v1/tickets/{id}/draft", ticket)
                .then()
                .statusCode(200)
                .body("bodyText", equalTo("Which parcel?"))
                .body("solve", equalTo(false))
                .body("returned.reason", equalTo("reply-outdated"))
                .body("returned.messageId", nullValue());
        alice().body(Map.of(
                        "kind", "PUBLIC_REPLY", "bodyText", "Which parcel?", "basedOnMessageId", lastMessage(ticket)))
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .statusCode(201);
        alice().get("/api/v1/tickets/{id}/draft", ticket).then().statusCode(404);
    }

    @Test
    @Proves("T-9")
    void shouldTakeAFirstReplyThatNamesNoneEvenWhereTheConversationStartsEmpty() {
        String ticket = alice().body(Map.of(
                        "departmentId",
                        NORTHWIND,
                        "contact",
                        Map.of("name", "Carl", "address", address),
                        "subject",
                        "You called us"))
                .post("/api/v1/tickets")
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        alice().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "As we said."))
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .statusCode(201)
                .body("inReplyToMessageId", nullValue())
                .body("position", equalTo(1));
    }

    @Test
    @Proves("T-8")
    void shouldChooseTheChannelAsTheAgentThenTheContactThenTheCustomerDid() {
        String ticket = openTicket(alice(), NORTHWIND, address);
        String contact =
                alice().get("/api/v1/tickets/{id}", ticket).then().extract().path("requester.id");
        Map<String, Object> reply = Map.of("kind", "PUBLIC_REPLY", "bodyText", "Hello", "solve", false);

        alice().body(reply)
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .statusCode(201)
                .body("deliverVia", equalTo("MAIL"));
        alice().body(Map.of("channel", "PORTAL"))
                .put("/api/v1/contacts/{id}/preferred-channel", contact)
                .then()
                .statusCode(200);
        alice().get("/api/v1/contacts/{id}/preferred-channel", contact).then().body("channel", equalTo("PORTAL"));
        alice().body(reply)
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .statusCode(201)
                .body("deliverVia", equalTo("PORTAL"))
                .body("delivery", equalTo("PUBLISHED"));
        alice().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "Hello", "channel", "MAIL"))
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .statusCode(201)
                .body("deliverVia", equalTo("MAIL"));
        alice().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "Hello", "channel", "CHANNEL"))
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .statusCode(422)
                .body("code", equalTo("channel-impossible"))
                .body("possible", equalTo(List.of("MAIL", "PORTAL")));
        // It came by some messenger, but none that is connected here.
        String told = alice().body(Map.of(
                        "departmentId",
                        NORTHWIND,
                        "contact",
                        Map.of("address", address),
                        "subject",
                        "By messenger",
                        "channel",
                        "MESSAGE",
                        "message",
                        Map.of("bodyText", "Hello?")))
                .post("/api/v1/tickets")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        alice().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "x", "channel", "CHANNEL", "solve", false))
                .post("/api/v1/tickets/{id}/messages", told)
                .then()
                .statusCode(422)
                .body("possible", equalTo(List.of("MAIL", "PORTAL")));
        alice().body(Map.of())
                .put("/api/v1/contacts/{id}/preferred-channel", contact)
                .then()
                .statusCode(200)
                .body("channel", nullValue());
        try (Customer customer = new Customer(address)) {
            customer.writes(ticket, NORTHWIND, alice(), "By mail, please.");
        }
        alice().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "Of course", "basedOnMessageId", lastMessage(ticket)))
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .statusCode(201)
                .body("deliverVia", equalTo("MAIL"));
        String preferred = "/api/v1/contacts/" + contact + "/preferred-channel";
        io.restassured.RestAssured.given().get(preferred).then().statusCode(401);
        carl().get(preferred).then().statusCode(403);
        bob().get(preferred).then().statusCode(404);
        bob().body(Map.of("channel", "MAIL")).put(preferred).then().statusCode(404);
    }

    @Test
    @Proves("T-8")
    void shouldNotePeopleAndTeamsThatAreMentionedAndLeaveTheOwnerAlone() {
        String ticket = openTicket(alice(), NORTHWIND, address);
        alice().body(Map.of("agentId", person(1)))
                .put("/api/v1/tickets/{id}/assignment", ticket)
                .then()
                .statusCode(200);

        alice().body(Map.of(
                        "kind",
                        "COMMENT",
                        "bodyText",
                        "@Lena, @review-desk: look at this, please. (@bob and @nobody, mail x@lena.example.)"))
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .statusCode(201)
                .body("mentions", containsInAnyOrder(person(3).toString(), World.REVIEW_DESK.toString()))
                // Whether somebody of another department is called so is nobody's business here.
                .body("mentionsNotTold.name", equalTo(List.of("bob", "nobody")))
                .body("mentionsNotTold.why", equalTo(List.of("NOT_IN_DEPARTMENT", "NOT_IN_DEPARTMENT")));

        alice().get("/api/v1/tickets/{id}", ticket)
                .then()
                .body("assigneeId", equalTo(person(1).toString()));
        try (EventCollector tickets = EventCollector.on("tickets")) {
            EventCollector.Published added = tickets.awaitType("MessageAdded", UUID.fromString(ticket));
            Contracts.assertMatches("tickets", "MessageAdded", added.data(), added.personal());
            assertThat(added.data().path("mentions")).hasSize(2);
            assertThat(added.data().path("deliverVia").isNull()).isTrue();
            assertThat(added.data().path("assigneeId").asText())
                    .isEqualTo(person(1).toString());
        }
    }

    @Test
    @Proves({"T-8", "G-4"})
    void shouldTellNobodyOfATicketOfAClosedTeamAndSayWhoWasNotTold() {
        UUID inside = UUID.randomUUID();
        UUID outside = UUID.randomUUID();
        UUID analyst = UUID.randomUUID();
        String mark = inside.toString().substring(0, 8);
        staff.employ(
                Staff.someone(inside, "in-" + mark, "Ines Inside", "agent", NORTHWIND),
                Staff.someone(outside, "out-" + mark, "Otto Outside", "agent", NORTHWIND),
                Staff.someone(analyst, "ana-" + mark, "Ana Analyst", "analyst", NORTHWIND));
        UUID closed = UUID.randomUUID();
        UUID mixed = UUID.randomUUID();
        team(closed, "closed-" + mark, "INVITED_INTERNAL", inside);
        team(mixed, "mixed-" + mark, "INTERNAL", inside, outside);
        String ticket = openTicket(lena(), NORTHWIND, address);
        String text = "@in-" + mark + " @out-" + mark + " @ana-" + mark + " @mixed-" + mark;
        lena().body(Map.of("kind", "COMMENT", "bodyText", text))
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .statusCode(201)
                .body("mentions", containsInAnyOrder(inside.toString(), outside.toString(), mixed.toString()))
                .body("mentionsNotTold.why", equalTo(List.of("ROLE_READS_NO_TICKETS")));
        lena().body(Map.of("teamId", closed))
                .put("/api/v1/tickets/{id}/assignment", ticket)
                .then()
                .statusCode(200);

        lena().body(Map.of("kind", "COMMENT", "bodyText", text + " @lena @closed-" + mark))
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .statusCode(201)
                .body(
                        "mentions",
                        containsInAnyOrder(
                                inside.toString(),
                                mixed.toString(),
                                closed.toString(),
                                person(3).toString()))
                .body("mentionsNotTold.name", equalTo(List.of("out-" + mark, "ana-" + mark, "mixed-" + mark)))
                .body("mentionsNotTold.why", equalTo(List.of("CLOSED_TEAM", "ROLE_READS_NO_TICKETS", "CLOSED_TEAM")))
                .body("mentionsNotTold[2].members", equalTo(1));
    }

    private static void team(UUID id, String slug, String visibility, UUID... members) {
        World.ada()
                .body(Map.of(
                        "name",
                        slug,
                        "slug",
                        slug,
                        "departmentIds",
                        List.of(NORTHWIND),
                        "visibility",
                        visibility,
                        "memberIds",
                        List.of(members)))
                .put("/api/v1/teams/{id}", id)
                .then()
                .statusCode(201);
    }

    @Test
    @Proves("T-8")
    void shouldAddTheSignatureOfTheAgentElseTheDepartmentsByItself() {
        UUID department = UUID.randomUUID();
        UUID agent = UUID.randomUUID();
        World.department(
                department,
                Map.of(
                        "name",
                        "Signed",
                        "slug",
                        "signed-" + department.toString().substring(0, 8),
                        "preset",
                        "OPEN",
                        "mailAddress",
                        "signed-" + department + "@shop.example"));
        var signer = org.stonechat.testing.Tokens.of("signer")
                .subject(agent)
                .role("agent")
                .department(department);
        World.ada()
                .body(Map.of("signature", Map.of("text", "{{agent.firstName}} of {{department.name}}")))
                .put("/api/v1/departments/{id}/conversation-settings", department)
                .then()
                .statusCode(200);
        String ticket = openTicket(World.as(signer), department, address);
        Map<String, Object> reply = Map.of("kind", "PUBLIC_REPLY", "bodyText", "Hello", "solve", false);

        World.as(signer)
                .body(reply)
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .body("signature.text", equalTo("Signer of Signed"))
                .body("bodyText", equalTo("Hello"));
        World.as(signer)
                .body(Map.of(
                        "signature",
                        Map.of("text", "S. of all"),
                        "departmentSignatures",
                        List.of(Map.of(
                                "departmentId",
                                department,
                                "signature",
                                Map.of("html", "<b>S.</b><script>1</script> of here")))))
                .put("/api/v1/agents/me/profile")
                .then()
                .statusCode(200);
        World.as(signer)
                .body(reply)
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .body("signature.text", equalTo("S. of here"))
                .body("signature.html", equalTo("<b>S.</b> of here"));
        World.as(signer)
                .body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "Hello", "signature", false))
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .body("signature", nullValue());
        World.as(signer)
                .body(Map.of("kind", "COMMENT", "bodyText", "Hello"))
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .body("signature", nullValue());
        try (EventCollector tickets = EventCollector.on("tickets")) {
            EventCollector.Published added = tickets.await(
                    "signed",
                    event -> ticket.equals(event.key())
                            && "S. of here"
                                    .equals(event.personal()
                                            .path("signature")
                                            .path("text")
                                            .asText()));
            Contracts.assertMatches("tickets", "MessageAdded", added.data(), added.personal());
        }
    }
}
