package org.stonechat.ticket.merge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.EventSender;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.ticket.World;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.stonechat.ticket.World.LINDEN;
import static org.stonechat.ticket.World.NORTHWIND;
import static org.stonechat.ticket.World.ada;
import static org.stonechat.ticket.World.alice;
import static org.stonechat.ticket.World.bob;
import static org.stonechat.ticket.World.carl;
import static org.stonechat.ticket.World.openTicket;

@QuarkusTest
@WithRealParts
class MergeIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String some = UUID.randomUUID().toString().substring(0, 8);

    @BeforeEach
    void setUp() {
        World.setUp();
    }

    private String open(String name) {
        return openTicket(alice(), NORTHWIND, name + "-" + some + "@customers.example");
    }

    private static ValidatableResponse merge(String id, String into) {
        return alice().body(Map.of("into", into))
                .post("/api/v1/tickets/{id}/merge", id)
                .then();
    }

    private static void comment(String ticket, String text) {
        alice().body(Map.of("kind", "COMMENT", "bodyText", text))
                .post("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .statusCode(201);
    }

    private static List<String> texts(String ticket) {
        return alice().get("/api/v1/tickets/{id}/messages", ticket)
                .then()
                .statusCode(200)
                .extract()
                .path("items.bodyText");
    }

    @Test
    @Proves("T-17")
    void shouldShowMergedConversationsAsOneUnderEitherTicket() {
        String stays = open("stays");
        String goes = open("goes");
        comment(goes, "of the one that goes");
        comment(stays, "of the one that stays");

        merge(goes, stays).statusCode(200).body("id", equalTo(stays));

        comment(goes, "written to the alias");
        List<String> merged = List.of(
                "I have been waiting for a week.",
                "I have been waiting for a week.",
                "of the one that goes",
                "of the one that stays",
                "written to the alias");
        assertThat(texts(stays)).isEqualTo(merged);
        assertThat(texts(goes)).isEqualTo(merged);
        alice().get("/api/v1/tickets/{id}", goes).then().statusCode(200).body("id", equalTo(stays));
        alice().get("/api/v1/tickets?view=all-open&limit=200")
                .then()
                .body("items.id", hasItem(stays))
                .body("items.id", not(hasItem(goes)));
        alice().get("/api/v1/tickets/{id}/family", goes)
                .then()
                .statusCode(200)
                .body("ticketId", equalTo(stays))
                .body("merged.ticketId", contains(goes))
                .body("merged[0].mergedByName", equalTo("Alice"));
        String next = alice().queryParam("limit", 3)
                .get("/api/v1/tickets/{id}/messages", stays)
                .then()
                .body("items", hasSize(3))
                .body("next", notNullValue())
                .extract()
                .path("next");
        alice().queryParam("limit", 3)
                .queryParam("after", next)
                .get("/api/v1/tickets/{id}/messages", stays)
                .then()
                .body("items.bodyText", contains("of the one that stays", "written to the alias"))
                .body("next", nullValue());
        alice().get("/api/v1/tickets/{id}/history", goes)
                .then()
                .body("items.type", hasItems("TicketCreated", "TicketMerged"));
        try (EventCollector tickets = EventCollector.on("tickets")) {
            for (String key : List.of(stays, goes)) {
                EventCollector.Published event = tickets.awaitType("TicketMerged", UUID.fromString(key));
                Contracts.assertMatches("tickets", "TicketMerged", event.data(), event.personal());
                assertThat(event.data().path("survivorId").asText()).isEqualTo(stays);
                assertThat(event.data().path("mergedTicketId").asText()).isEqualTo(goes);
            }
        }
    }

    @Test
    @Proves("T-17")
    void shouldUndoAMerge() {
        String stays = open("undo-stays");
        String goes = open("undo-goes");
        merge(goes, stays).statusCode(200);
        comment(stays, "after the merge");

        alice().delete("/api/v1/tickets/{id}/merge", goes)
                .then()
                .statusCode(200)
                .body("id", equalTo(goes))
                .body("stage.category", equalTo("NEW"))
                .body("waitingSince", notNullValue());

        assertThat(texts(goes)).containsExactly("I have been waiting for a week.");
        assertThat(texts(stays)).containsExactly("I have been waiting for a week.", "after the merge");
        alice().get("/api/v1/tickets?view=all-open&limit=200").then().body("items.id", hasItems(stays, goes));
        alice().delete("/api/v1/tickets/{id}/merge", goes)
                .then()
                .statusCode(409)
                .body("code", equalTo("not-merged"));
        try (EventCollector tickets = EventCollector.on("tickets")) {
            for (String key : List.of(stays, goes)) {
                EventCollector.Published event = tickets.awaitType("MergeUndone", UUID.fromString(key));
                Contracts.assertMatches("tickets", "MergeUndone", event.data(), event.personal());
            }
        }
    }

    @Test
    @Proves("T-17")
    void shouldFollowChainsAndRefuseCircles() {
        String a = open("a");
        String b = open("b");
        String c = open("c");
        merge(a, b).statusCode(200);
        merge(a, b).statusCode(200);
        merge(b, c).statusCode(200).body("id", equalTo(c));

        merge(c, a).statusCode(409).body("code", equalTo("merge-circular"));
        merge(c, c).statusCode(409).body("code", equalTo("merge-circular"));
        merge(a, open("d")).statusCode(409).body("code", equalTo("already-merged"));
        alice().get("/api/v1/tickets/{id}", a).then().body("id", equalTo(c));
        assertThat(texts(a)).hasSize(3);

        alice().delete("/api/v1/tickets/{id}/merge", b).then().statusCode(200).body("id", equalTo(b));
        alice().get("/api/v1/tickets/{id}", a).then().body("id", equalTo(b));
        assertThat(texts(b)).hasSize(2);
        assertThat(texts(c)).hasSize(1);
    }

    @Test
    @Proves("T-17")
    void shouldNeverMakeACircleHoweverManyMergeAtOnce() throws Exception {
        List<String> ids = List.of(open("race-1"), open("race-2"), open("race-3"));
        List<Callable<Integer>> merges = new ArrayList<>();
        for (int from = 0; from < 3; from++) {
            for (int to = 0; to < 3; to++) {
                String one = ids.get(from);
                String other = ids.get(to);
                merges.add(() -> merge(one, other).extract().statusCode());
            }
        }
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> answer : pool.invokeAll(merges)) {
                assertThat(answer.get()).isIn(200, 409);
            }
        }
        String survivor = alice().get("/api/v1/tickets/{id}", ids.getFirst())
                .then()
                .statusCode(200)
                .extract()
                .path("id");
        for (String id : ids) {
            alice().get("/api/v1/tickets/{id}", id).then().statusCode(200).body("id", equalTo(survivor));
        }
        assertThat(texts(survivor)).hasSize(3);
    }

    @Test
    @Proves("T-17")
    void shouldTakeLaterMailToEitherIntoTheMergedConversation() {
        String goesAddress = "mail-goes-" + some + "@customers.example";
        String stays = open("mail-stays");
        String goes = openTicket(alice(), NORTHWIND, goesAddress);
        merge(goes, stays).statusCode(200);

        mail(goes, goesAddress, "To the alias");
        mail(stays, "mail-stays-" + some + "@customers.example", "To the survivor");

        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(texts(stays)).hasSize(4));
        alice().get("/api/v1/tickets/{id}/history", stays)
                .then()
                .body("items.findAll { it.type == 'MailHandled' }", hasSize(2));
        // A reply that has not seen them is refused, whichever ticket they were written to.
        alice().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "Here you are."))
                .post("/api/v1/tickets/{id}/messages", stays)
                .then()
                .statusCode(409)
                .body("missed", hasSize(3));
        String last = alice().get("/api/v1/tickets/{id}/messages", stays)
                .then()
                .extract()
                .path("items[-1].id");
        alice().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "Here you are.", "basedOnMessageId", last))
                .post("/api/v1/tickets/{id}/messages", goes)
                .then()
                .statusCode(201);
    }

    private static void mail(String ticket, String from, String subject) {
        var example = Contracts.example("mail", "MailReceived", "reply");
        UUID id = Uuid7.next();
        ObjectNode data = example.data().deepCopy();
        ObjectNode personal = example.personal().deepCopy();
        data.put("mailId", id.toString())
                .put("messageId", "<" + id + "@customers.example>")
                .put("proposedTicketId", ticket)
                .put("departmentId", NORTHWIND.toString())
                .put("foundBy", "REFERENCES");
        data.putArray("attachments");
        personal.putObject("attachmentNames");
        personal.put("subject", subject);
        ((ObjectNode) personal.path("from")).put("address", from);
        try (EventSender sender = EventSender.open()) {
            sender.send("mail", "MailReceived", id, 1, data, personal);
        }
    }

    @Test
    @Proves("T-17")
    void shouldRefuseMergesThatWouldLoseSomething() {
        String open = open("loss-open");
        String done = open("loss-done");
        alice().body(Map.of("as", "SOLVED"))
                .post("/api/v1/tickets/{id}/closure", done)
                .then()
                .statusCode(200);

        merge(open, done).statusCode(409).body("code", equalTo("merge-impossible"));
        merge(done, open).statusCode(200);
        alice().get("/api/v1/tickets/{id}", done).then().body("stage.category", equalTo("NEW"));
    }

    @Test
    @Proves("T-17")
    void shouldSplitMessagesOffAsATicketOfTheirOwnAndMergeThemBack() {
        String origin = open("split");
        String file = alice().contentType("multipart/form-data")
                .multiPart("file", "plan.txt", "a plan".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .post("/api/v1/tickets/{id}/attachments", origin)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String message = alice().body(
                        Map.of("kind", "COMMENT", "bodyText", "about the invoice", "attachmentIds", List.of(file)))
                .post("/api/v1/tickets/{id}/messages", origin)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        String first = alice().get("/api/v1/tickets/{id}/messages", origin)
                .then()
                .extract()
                .path("items[0].id");

        String made = alice().body(Map.of("messageIds", List.of(message, first), "subject", "The invoice"))
                .post("/api/v1/tickets/{id}/split", origin)
                .then()
                .statusCode(201)
                .body("subject", equalTo("The invoice"))
                .body("waitingSince", notNullValue())
                .extract()
                .path("id");

        assertThat(texts(origin)).containsExactly("I have been waiting for a week.", "about the invoice");
        assertThat(texts(made)).isEqualTo(texts(origin));
        String copied = alice().get("/api/v1/tickets/{id}/attachments", made)
                .then()
                .body("items", hasSize(1))
                .extract()
                .path("items[0].id");
        alice().get("/api/v1/tickets/{id}/attachments/{file}", made, copied)
                .then()
                .statusCode(200)
                .body(equalTo("a plan"));
        alice().get("/api/v1/tickets/{id}/family", made).then().body("splitFrom.ticketId", equalTo(origin));
        alice().get("/api/v1/tickets/{id}/family", origin).then().body("splitInto.ticketId", contains(made));
        try (EventCollector tickets = EventCollector.on("tickets")) {
            for (String key : List.of(origin, made)) {
                EventCollector.Published event = tickets.awaitType("TicketSplit", UUID.fromString(key));
                Contracts.assertMatches("tickets", "TicketSplit", event.data(), event.personal());
                assertThat(event.data().path("newTicketId").asText()).isEqualTo(made);
            }
            EventCollector.Published created = tickets.awaitType("TicketCreated", UUID.fromString(made));
            Contracts.assertMatches("tickets", "TicketCreated", created.data(), created.personal());
        }

        merge(made, origin).statusCode(200);
        assertThat(texts(origin)).containsExactly("I have been waiting for a week.", "about the invoice");
    }

    @Test
    @Proves("G-4")
    void shouldMergeAndSplitOnlyWhatOneSeesAndMayEdit() {
        String mine = open("scope");
        String bobs = openTicket(bob(), LINDEN, "scope-" + some + "@customers.example");

        merge(mine, bobs).statusCode(404);
        merge(bobs, mine).statusCode(404);
        carl().body(Map.of("into", bobs))
                .post("/api/v1/tickets/{id}/merge", mine)
                .then()
                .statusCode(403);
        bob().delete("/api/v1/tickets/{id}/merge", mine).then().statusCode(404);
        bob().get("/api/v1/tickets/{id}/family", mine).then().statusCode(404);
        String message = bob().get("/api/v1/tickets/{id}/messages", bobs)
                .then()
                .extract()
                .path("items[0].id");
        alice().body(Map.of("messageIds", List.of(message)))
                .post("/api/v1/tickets/{id}/split", bobs)
                .then()
                .statusCode(404);
        alice().body(Map.of("messageIds", List.of(message)))
                .post("/api/v1/tickets/{id}/split", mine)
                .then()
                .statusCode(422)
                .body("code", equalTo("message-unknown"));
        ada().body(Map.of("into", mine))
                .post("/api/v1/tickets/{id}/merge", bobs)
                .then()
                .statusCode(200);
        bob().get("/api/v1/tickets/{id}", bobs).then().statusCode(404);
    }
}
