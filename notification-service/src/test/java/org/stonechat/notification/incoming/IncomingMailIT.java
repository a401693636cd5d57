package org.stonechat.notification.incoming;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.notification.world.MailServer;
import org.stonechat.notification.world.Shop;
import org.stonechat.notification.world.TestTicket;
import org.stonechat.notification.world.WithMailServer;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.Contracts;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

@QuarkusTest
@WithRealParts
@WithMailServer
class IncomingMailIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String CUSTOMER = "carl@customers.example";

    private Shop shop;
    private EventCollector published;

    @BeforeEach
    void open() {
        shop = Shop.open().readsItsMail();
        published = EventCollector.on("mail");
    }

    @AfterEach
    void close() {
        published.close();
        shop.close();
    }

    @Test
    @Proves("N-2")
    void shouldPublishAMailAndCloseItsEntryWhenItWasHandled() {
        MailServer.send(CUSTOMER, shop.address, mail("<first@customers.example>", "Broken lamp", "It is broken.\n"));

        EventCollector.Published event = received();
        Contracts.assertMatches("mail", "MailReceived", event.data(), event.personal());
        assertThat(event.data().path("classification").asText()).isEqualTo("NEW");
        assertThat(event.data().path("messageId").asText()).isEqualTo("<first@customers.example>");
        assertThat(event.personal().path("bodyText").asText()).isEqualTo("It is broken.");
        assertThat(event.headers().get("ce_actor")).contains("MAIL");
        UUID mailId = event.subject();
        entry(mailId).body("state", equalTo("READ"), "sender", equalTo(CUSTOMER), "subject", equalTo("Broken lamp"));

        TestTicket ticket = shop.ticket().created(CUSTOMER);
        ticket.mailHandled(mailId, "TICKET");

        awaitState(mailId, "HANDLED").body("ticketId", equalTo(ticket.id.toString()));
    }

    @Test
    @Proves("N-2")
    void shouldRecordAMailThatIsDeliveredAgainAndMakeNothingOfIt() {
        String mail = mail("<twice@customers.example>", "Twice", "The same.\n");
        MailServer.send(CUSTOMER, shop.address, mail);
        UUID first = received().subject();

        MailServer.send(CUSTOMER, shop.address, "Received: from elsewhere by here; later\n" + mail);

        ledger("DUPLICATE", 1).body("items[0].duplicateOf", equalTo(first.toString()));
        MailServer.send(CUSTOMER, shop.address, mail("<after@customers.example>", "After", "x\n"));
        await().atMost(PATIENCE).until(() -> receivedOfShop().size() == 2);
    }

    @Test
    void shouldTellAMailFromAnotherThatBorrowsItsMessageId() {
        MailServer.send(CUSTOMER, shop.address, mail("<same@customers.example>", "One", "first\n"));
        MailServer.send(CUSTOMER, shop.address, mail("<same@customers.example>", "Two", "second\n"));

        await().atMost(PATIENCE).until(() -> receivedOfShop().size() == 2);
    }

    @Test
    @Proves("N-2")
    void shouldProposeTheTicketByReferencesAndByTokenFromAParticipantOnly() {
        MailServer.send(CUSTOMER, shop.address, mail("<start@customers.example>", "Start", "x\n"));
        UUID mailId = received().subject();
        TestTicket ticket = shop.ticket().created(CUSTOMER);
        ticket.mailHandled(mailId, "TICKET");
        awaitState(mailId, "HANDLED");

        MailServer.send(
                CUSTOMER,
                shop.address,
                "References: <unknown@x.example> <start@customers.example>\n"
                        + mail("<second@customers.example>", "Re: Start", "y\n"));
        MailServer.send(
                CUSTOMER, shop.address, mail("<third@customers.example>", "About [#" + ticket.number + "]", "z\n"));
        MailServer.send(
                "mallory@x.example",
                shop.address,
                mail("<fourth@x.example>", "About [#" + ticket.number + "]", "z\n")
                        .replace(CUSTOMER, "mallory@x.example"));

        EventCollector.Published second = received("<second@customers.example>");
        assertThat(second.data().path("proposedTicketId").asText()).isEqualTo(ticket.id.toString());
        assertThat(second.data().path("foundBy").asText()).isEqualTo("REFERENCES");
        assertThat(second.data().path("classification").asText()).isEqualTo("REPLY");
        EventCollector.Published third = received("<third@customers.example>");
        assertThat(third.data().path("proposedTicketId").asText()).isEqualTo(ticket.id.toString());
        assertThat(third.data().path("foundBy").asText()).isEqualTo("SUBJECT_TOKEN");
        EventCollector.Published fourth = received("<fourth@x.example>");
        assertThat(fourth.data().path("proposedTicketId").isNull()).isTrue();
        assertThat(fourth.data().path("classification").asText()).isEqualTo("NEW");
    }

    @Test
    @Proves("N-3")
    void shouldRecogniseAutomaticMail() {
        MailServer.send(
                CUSTOMER,
                shop.address,
                "Auto-Submitted: auto-replied\n" + mail("<away@customers.example>", "Away", "Back on Monday.\n"));

        EventCollector.Published event = received();
        assertThat(event.data().path("classification").asText()).isEqualTo("AUTO_REPLY");
        Contracts.assertMatches("mail", "MailReceived", event.data(), event.personal());
    }

    @Test
    void shouldSetItsOwnMailAsideAndReprocessItOnDemand() {
        MailServer.send(
                shop.address,
                shop.address,
                mail("<own@northwind.example>", "Loop", "x\n").replace(CUSTOMER, shop.address));

        String id = ledger("SET_ASIDE", 1)
                .body("items[0].reason", containsString("our own"))
                .extract()
                .path("items[0].id");

        as(shop.agentToken("alice"))
                .post("/api/v1/mail-ledger/" + id + "/reprocess")
                .then()
                .statusCode(403);
        as(Tokens.of("bob").role("lead").department(UUID.randomUUID()).build())
                .post("/api/v1/mail-ledger/" + id + "/reprocess")
                .then()
                .statusCode(404);
        given().post("/api/v1/mail-ledger/" + id + "/reprocess").then().statusCode(401);
        as(shop.leadToken("lena"))
                .post("/api/v1/mail-ledger/" + id + "/reprocess")
                .then()
                .statusCode(202);
        awaitState(UUID.fromString(id), "SET_ASIDE");
    }

    @Test
    void shouldRefuseToReprocessWhatWasPublished() {
        MailServer.send(CUSTOMER, shop.address, mail("<once@customers.example>", "Once", "x\n"));
        UUID mailId = received().subject();

        as(shop.leadToken("lena"))
                .post("/api/v1/mail-ledger/" + mailId + "/reprocess")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo("mail-not-reprocessable"));
    }

    @Test
    void shouldOfferTheRawMailAsAFileToThoseWhoMaySeeIt() {
        String mail = mail("<raw@customers.example>", "Raw", "<script>alert(1)</script>\n");
        MailServer.send(CUSTOMER, shop.address, mail);
        UUID mailId = received().subject();

        as(shop.agentToken("alice"))
                .get("/api/v1/mail-ledger/" + mailId + "/raw")
                .then()
                .statusCode(403);
        as(shop.leadToken("lena"))
                .get("/api/v1/mail-ledger/" + mailId + "/raw")
                .then()
                .statusCode(200)
                .contentType("message/rfc822")
                .header("Content-Disposition", containsString("attachment"))
                .header("X-Content-Type-Options", "nosniff")
                .body(containsString("Message-ID: <raw@customers.example>"));
        String other =
                Tokens.of("bob").role("agent").department(UUID.randomUUID()).build();
        as(Tokens.of("otto").role("lead").department(UUID.randomUUID()).build())
                .get("/api/v1/mail-ledger/" + mailId + "/raw")
                .then()
                .statusCode(404);
        as(other).get("/api/v1/mail-ledger/" + mailId).then().statusCode(404);
        as(other).get("/api/v1/mail-ledger").then().statusCode(200).body("items", hasSize(0));
        as(other)
                .queryParam("department", shop.department)
                .get("/api/v1/mail-ledger")
                .then()
                .statusCode(404);
        String analyst = Tokens.of("ana").role("analyst").allDepartments().build();
        as(analyst).get("/api/v1/mail-ledger/" + mailId).then().statusCode(403);
        as(analyst).get("/api/v1/mail-ledger/" + mailId + "/raw").then().statusCode(403);
        as(analyst).get("/api/v1/mail-ledger").then().statusCode(403);
        given().get("/api/v1/mail-ledger/" + mailId).then().statusCode(401);
        given().get("/api/v1/mail-ledger/" + mailId + "/raw").then().statusCode(401);
        given().get("/api/v1/mail-ledger").then().statusCode(401);
    }

    @Test
    void shouldPageTheLedger() {
        for (int index = 0; index < 3; index++) {
            MailServer.send(CUSTOMER, shop.address, mail("<page" + index + "@customers.example>", "P" + index, "x\n"));
        }
        await().atMost(PATIENCE).until(() -> receivedOfShop().size() == 3);

        Map<String, Object> first = as(shop.agentToken("alice"))
                .queryParam("limit", 2)
                .get("/api/v1/mail-ledger")
                .then()
                .statusCode(200)
                .extract()
                .path("$");
        assertThat((List<?>) first.get("items")).hasSize(2);
        as(shop.agentToken("alice"))
                .queryParam("limit", 2)
                .queryParam("after", first.get("next"))
                .get("/api/v1/mail-ledger")
                .then()
                .statusCode(200)
                .body("items", hasSize(1), "next", equalTo(null));
        as(shop.agentToken("alice"))
                .queryParam("after", "nonsense")
                .get("/api/v1/mail-ledger")
                .then()
                .statusCode(400);
    }

    @Test
    @Proves("N-2")
    void shouldAccountForEveryDifficultMailAndStopAtNone() throws IOException {
        Path folder = Path.of("../../shared/data/mails");
        Assumptions.assumeTrue(Files.isDirectory(folder), "the collection of difficult mails is not here");
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".msg"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            MailServer.append(shop.address, Files.readAllBytes(file));
        }
        MailServer.send(CUSTOMER, shop.address, mail("<last@customers.example>", "The last one", "x\n"));

        assertThat(received("<last@customers.example>")
                        .personal()
                        .path("subject")
                        .asText())
                .isEqualTo("The last one");
        await().atMost(PATIENCE).until(() -> count("STORED") == 0);
        assertThat(count("READ") + count("FAILED") + count("SET_ASIDE") + count("DUPLICATE"))
                .isEqualTo(files.size() + 1);
        // What was read is published when it is committed, and a moment later it is on Kafka.
        int read = count("READ");
        await().atMost(PATIENCE).until(() -> receivedOfShop().size() >= read);
        assertThat(receivedOfShop()).hasSize(read);
        receivedOfShop()
                .forEach(event -> Contracts.assertMatches("mail", "MailReceived", event.data(), event.personal()));
        // Four of the eighty are byte for byte another one of them; 35 of the rest name no sender whom anybody could
        // answer. None breaks the reader.
        assertThat(reasons("DUPLICATE")).hasSize(4).containsOnly("It was delivered again.");
        assertThat(reasons("SET_ASIDE")).hasSize(35).containsOnly("It names no sender.");
        assertThat(reasons("FAILED")).isEmpty();
        assertThat(count("READ")).isEqualTo(42);
    }

    private List<String> reasons(String state) {
        return as(shop.agentToken("alice"))
                .queryParam("state", state)
                .queryParam("limit", 200)
                .get("/api/v1/mail-ledger")
                .then()
                .statusCode(200)
                .extract()
                .path("items.reason");
    }

    @Test
    void shouldCarryALongTextAsABlob() {
        MailServer.send(
                CUSTOMER, shop.address, mail("<long@customers.example>", "Long", "ein Wörtchen\n".repeat(5_000)));

        EventCollector.Published event = received();
        assertThat(event.data().path("bodyBlob").path("size").asLong()).isGreaterThan(60_000);
        assertThat(event.personal().path("bodyText").asText().getBytes(StandardCharsets.UTF_8).length)
                .isBetween(32_000, 32 * 1024);
        Contracts.assertMatches("mail", "MailReceived", event.data(), event.personal());
    }

    private EventCollector.Published received() {
        return published.await("a mail of the shop", event -> event.type().equals("MailReceived") && isOfShop(event));
    }

    private EventCollector.Published received(String messageId) {
        return published.await(
                "the mail " + messageId,
                event -> event.type().equals("MailReceived")
                        && isOfShop(event)
                        && event.data().path("messageId").asText().equals(messageId));
    }

    private List<EventCollector.Published> receivedOfShop() {
        return published.all().stream()
                .filter(event -> event.type().equals("MailReceived") && isOfShop(event))
                .toList();
    }

    private boolean isOfShop(EventCollector.Published event) {
        return event.data().path("departmentId").asText().equals(shop.department.toString());
    }

    private int count(String state) {
        return Objects.requireNonNull(as(shop.agentToken("alice"))
                .queryParam("state", state)
                .queryParam("limit", 200)
                .get("/api/v1/mail-ledger")
                .then()
                .statusCode(200)
                .extract()
                .path("items.size()"));
    }

    private ValidatableResponse ledger(String state, int entries) {
        await().atMost(PATIENCE).until(() -> count(state) == entries);
        return as(shop.agentToken("alice"))
                .queryParam("state", state)
                .get("/api/v1/mail-ledger")
                .then();
    }

    private ValidatableResponse entry(UUID mailId) {
        return as(shop.agentToken("alice"))
                .get("/api/v1/mail-ledger/" + mailId)
                .then()
                .statusCode(200);
    }

    private ValidatableResponse awaitState(UUID mailId, String state) {
        await().atMost(PATIENCE)
                .until(() -> entry(mailId).extract().path("state").equals(state));
        return entry(mailId);
    }

    private static io.restassured.specification.RequestSpecification as(String token) {
        return given().auth().oauth2(token);
    }

    private String mail(String messageId, String subject, String text) {
        return "From: Carl <" + CUSTOMER + ">\nTo: " + shop.address + "\nSubject: " + subject
                + "\nMessage-ID: " + messageId + "\nDate: Mon, 2 Mar 2026 09:12:33 +0100\n"
                + "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
                + text;
    }
}
