package org.stonechat.ticket.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.kit.event.EventJson;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.EventSender;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.ticket.World;
import org.stonechat.ticket.agent.Staff;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.stonechat.ticket.World.alice;
import static org.stonechat.ticket.World.person;

@QuarkusTest
@WithRealParts
class MailIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final String CUSTOMER = "carl@customers.example";

    @Inject
    Staff staff;

    private final EventSender sender = EventSender.open();
    private final EventCollector tickets = EventCollector.on("tickets");

    @BeforeEach
    void setUp() {
        World.setUp();
    }

    @AfterEach
    void tearDown() {
        sender.close();
        tickets.close();
    }

    /// The golden example of a mail, made another one.
    private record Mail(UUID id, ObjectNode data, ObjectNode personal) {

        static Mail of(String variant, String from) {
            var example = variant.isEmpty()
                    ? Contracts.example("mail", "MailReceived")
                    : Contracts.example("mail", "MailReceived", variant);
            UUID id = Uuid7.next();
            ObjectNode data = example.data().deepCopy();
            ObjectNode personal = example.personal().deepCopy();
            data.put("mailId", id.toString());
            data.put("messageId", "<" + id + "@customers.example>");
            data.putArray("attachments");
            personal.putObject("attachmentNames");
            ((ObjectNode) personal.path("from")).put("address", from);
            return new Mail(id, data, personal);
        }

        Mail about(String ticketId, String foundBy) {
            data.put("proposedTicketId", ticketId);
            data.put("foundBy", foundBy);
            return this;
        }

        Mail attached(String name, String content) {
            String sha256 = putBlob("notification-service", content);
            String attachmentId = Uuid7.next().toString();
            ObjectNode file = ((ArrayNode) data.path("attachments")).addObject();
            file.put("attachmentId", attachmentId)
                    .put("sha256", sha256)
                    .put("size", content.length())
                    .put("contentType", "text/plain")
                    .put("inline", false)
                    .putNull("contentId");
            ((ObjectNode) personal.path("attachmentNames")).put(attachmentId, name);
            return this;
        }

        /// HTML that is too long for an event.
        Mail withLongHtml(String html) {
            personal.putNull("bodyHtml");
            data.putObject("bodyHtmlBlob")
                    .put("sha256", putBlob("notification-service", html))
                    .put("size", html.length());
            return this;
        }

        /// As the notification service would have stored it below its own prefix.
        private static String putBlob(String prefix, String content) {
            try {
                byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
                String sha256 = HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
                Path root =
                        Path.of(ConfigProvider.getConfig().getValue("stonechat.blobs.directory", String.class), prefix);
                Path file = root.resolve(sha256.substring(0, 2))
                        .resolve(sha256.substring(2, 4))
                        .resolve(sha256);
                Files.createDirectories(file.getParent());
                Files.copy(new ByteArrayInputStream(bytes), file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                return sha256;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    private UUID send(Mail mail, int sequence) {
        return sender.send("mail", "MailReceived", mail.id(), sequence, mail.data(), mail.personal());
    }

    private EventCollector.Published handled(Mail mail) {
        EventCollector.Published handled = tickets.await(
                "MailHandled of " + mail.id(),
                event -> "MailHandled".equals(event.type())
                        && mail.id()
                                .toString()
                                .equals(event.data().path("mailId").asText()));
        Contracts.assertMatches("tickets", "MailHandled", handled.data(), handled.personal());
        return handled;
    }

    private String openedBy(Mail mail) {
        send(mail, 1);
        EventCollector.Published handled = handled(mail);
        assertThat(handled.data().path("outcome").asText()).isEqualTo("TICKET");
        return handled.data().path("ticketId").asText();
    }

    @Test
    @Proves({"T-2", "N-2"})
    void shouldMakeATicketOfAMailWithContactMessageAndAttachment() {
        Mail mail = Mail.of("", CUSTOMER).attached("gebroken lamp.txt", "a picture in words");

        String id = openedBy(mail);

        alice().get("/api/v1/tickets/{id}", id)
                .then()
                .statusCode(200)
                .body("subject", equalTo(mail.personal().path("subject").asText()))
                .body("channel", equalTo("MAIL"))
                .body("requester.address", equalTo(CUSTOMER))
                .body("language", equalTo("nl"))
                .body("assigneeId", org.hamcrest.Matchers.nullValue());
        String attachment = alice().get("/api/v1/tickets/{id}/messages", id)
                .then()
                .body("items", hasSize(1))
                .body("items[0].kind", equalTo("CUSTOMER"))
                .body("items[0].attachments[0].name", equalTo("gebroken lamp.txt"))
                .extract()
                .path("items[0].attachments[0].id");
        alice().get("/api/v1/tickets/{id}/attachments/{attachment}", id, attachment)
                .then()
                .statusCode(200)
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Disposition", org.hamcrest.Matchers.startsWith("attachment;"))
                .header("Content-Security-Policy", org.hamcrest.Matchers.containsString("sandbox"))
                .body(equalTo("a picture in words"));
        alice().get("/api/v1/tickets?view=unassigned&limit=200")
                .then()
                .body("items.id", org.hamcrest.Matchers.hasItem(id));
        EventCollector.Published created = tickets.awaitType("TicketCreated", UUID.fromString(id));
        Contracts.assertMatches("tickets", "TicketCreated", created.data(), created.personal());
        assertThat(created.data().path("mailId").asText()).isEqualTo(mail.id().toString());
    }

    @Test
    @Proves("T-2")
    void shouldShowAnHtmlBodyThatIsTooLongForAnEvent() {
        String words = "<p>The lamp <b>flickers</b>.</p>".repeat(2_000);

        String id = openedBy(
                Mail.of("", CUSTOMER).withLongHtml(words + "<p>Greetings, the end</p><script>alert('no')</script>"));

        String html = alice().get("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(200)
                .extract()
                .path("items[0].bodyHtml");
        assertThat(html)
                .hasSizeGreaterThan(words.length() - 1)
                .contains("Greetings, the end")
                .doesNotContain("script");
        EventCollector.Published created = tickets.awaitType("TicketCreated", UUID.fromString(id));
        assertThat(created.personal().at("/firstMessage/bodyHtml").isNull()).isTrue();
    }

    @Test
    @Proves("T-2")
    void shouldLeaveNoLinkInAMailThatLeadsIntoTheDesk() {
        String id = openedBy(Mail.of("", CUSTOMER).withLongHtml("""
                        <p><a href="//evil.example/login">sign in</a> <a href="/api/v1/me">me</a>
                        <a href="\\\\evil.example">there</a> <a href="https://shop.example/orders">my order</a>
                        <img src="//evil.example/pixel.gif" alt="pixel"></p>"""));

        String html = alice().get("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(200)
                .extract()
                .path("items[0].bodyHtml");
        assertThat(html)
                .contains("sign in", "me", "there", "href=\"https://shop.example/orders\"")
                .doesNotContain("evil.example", "/api/v1/me", "src=");
    }

    @Test
    @Proves("T-2")
    void shouldShowAllWordsOfHtmlHoweverDeepTheyAre() {
        String id = openedBy(Mail.of("", CUSTOMER)
                .withLongHtml("<div>".repeat(300) + "<p>Deep words.</p>" + "</div>".repeat(300) + "<p>Regards</p>"));

        String html = alice().get("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(200)
                .extract()
                .path("items[0].bodyHtml");
        assertThat(html).contains("Deep words.", "<p>Regards</p>");
    }

    @Test
    void shouldCutHtmlThatIsLongerThanAnybodyReads() {
        String id = openedBy(Mail.of("", CUSTOMER).withLongHtml("<p>Again and again.</p>".repeat(40_000)));

        String html = alice().get("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(200)
                .extract()
                .path("items[0].bodyHtml");
        assertThat(html).hasSizeBetween(500 * 1024, 513 * 1024).endsWith("</p>");
    }

    @Test
    @Proves("T-3")
    void shouldReopenForTheSameOwnerWhenTheCustomerAnswers() {
        String id = openedBy(Mail.of("", CUSTOMER));
        alice().body(Map.of("agentId", person(1)))
                .put("/api/v1/tickets/{id}/assignment", id)
                .then()
                .statusCode(200);
        alice().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "A new one is coming.", "solve", true))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(201);
        alice().get("/api/v1/tickets/{id}", id).then().body("stage.category", equalTo("SOLVED"));

        Mail answer = Mail.of("reply", CUSTOMER).about(id, "SIGNED_ADDRESS");
        send(answer, 1);

        EventCollector.Published handled = handled(answer);
        assertThat(handled.data().path("outcome").asText()).isEqualTo("MESSAGE");
        assertThat(handled.data().path("stage").path("category").asText()).isEqualTo("OPEN");
        alice().get("/api/v1/tickets/{id}", id)
                .then()
                .body("stage.category", equalTo("OPEN"))
                .body("assigneeId", equalTo(person(1).toString()))
                .body("waitingSince", org.hamcrest.Matchers.notNullValue())
                .body("resolvedBy", org.hamcrest.Matchers.nullValue());
    }

    @Test
    @Proves("T-9")
    void shouldRefuseAReplyThatDoesNotKnowWhatTheCustomerWroteSince() {
        String id = openedBy(Mail.of("", CUSTOMER));
        Mail answer = Mail.of("reply", CUSTOMER).about(id, "REFERENCES");
        send(answer, 1);
        String missed = handled(answer).data().path("messageId").asText();

        alice().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "Hello"))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(409)
                .body("code", equalTo("reply-outdated"))
                .body("missed[0].id", equalTo(missed));
        alice().get("/api/v1/tickets/{id}/messages", id).then().body("items", hasSize(2));

        alice().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "Hello", "basedOnMessageId", missed))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(201);
        EventCollector.Published reply = tickets.await(
                "the reply",
                event -> "MessageAdded".equals(event.type())
                        && event.subject().toString().equals(id)
                        && "PUBLIC_REPLY".equals(event.data().path("kind").asText()));
        assertThat(reply.data().path("replyThread").path("inReplyTo").asText())
                .isEqualTo("<" + answer.id() + "@customers.example>");
    }

    @Test
    void shouldOpenAFollowUpWhenTheTicketHasBeenClosedForGood() {
        String id = openedBy(Mail.of("", CUSTOMER));
        alice().body(Map.of("as", "CLOSED"))
                .post("/api/v1/tickets/{id}/closure", id)
                .then()
                .statusCode(200);

        Mail late = Mail.of("reply", CUSTOMER).about(id, "SIGNED_ADDRESS");
        String followUp = openedBy(late);

        alice().get("/api/v1/tickets/{id}", followUp).then().body("followUpOf", equalTo(id));
        alice().get("/api/v1/tickets/{id}", id).then().body("stage.category", equalTo("CLOSED"));
    }

    @Test
    void shouldNotLetAStrangerIntoAConversationByReferencesAlone() {
        String id = openedBy(Mail.of("", CUSTOMER));

        String other = openedBy(Mail.of("reply", "stranger@elsewhere.example").about(id, "REFERENCES"));

        assertThat(other).isNotEqualTo(id);
        alice().get("/api/v1/tickets/{id}/messages", id).then().body("items", hasSize(1));
    }

    @Test
    @Proves({"T-8", "G-4"})
    void shouldKeepWhatAnswersAForwardInsideWhoeverWritesIt() {
        String id = solved(openedBy(Mail.of("", CUSTOMER)));
        forward(id, "info@factory.example");

        for (String address : List.of("jan@factory.example", "info@factory.example", CUSTOMER)) {
            Mail answer = Mail.of("forward-answer", address).about(id, "SIGNED_ADDRESS");
            ((ObjectNode) answer.personal().path("from")).put("name", "Alice Agent");
            send(answer, 1);

            EventCollector.Published handled = handled(answer);
            assertThat(handled.data().path("outcome").asText()).isEqualTo("COMMENT");
            assertInside(id, handled, "Alice Agent <" + address + ">", address);
        }
        alice().get("/api/v1/tickets/{id}", id).then().body("stage.category", equalTo("SOLVED"));
    }

    /// They carried the customer's address, and a mail that answers one names it.
    @Test
    @Proves({"T-8", "G-4"})
    void shouldKnowTheAnswerToAForwardOfEarlierTimesByWhatItRefersTo() {
        String id = solved(openedBy(Mail.of("", CUSTOMER)));
        String forward = "<" + forward(id, "info@factory.example") + "@northwind.example>";

        for (String address : List.of("jan@factory.example", CUSTOMER)) {
            Mail answer = Mail.of("reply", address).about(id, "SIGNED_ADDRESS");
            answer.data().putNull("inReplyTo");
            answer.data().putArray("references").add(forward).add("<unknown-" + answer.id() + "@factory.example>");
            send(answer, 1);

            EventCollector.Published handled = handled(answer);
            assertThat(handled.data().path("outcome").asText()).isEqualTo("COMMENT");
            assertInside(id, handled, "Carl Čapek <" + address + ">", address);
        }
        alice().get("/api/v1/tickets/{id}", id).then().body("stage.category", equalTo("SOLVED"));
    }

    @Test
    @Proves("T-8")
    void shouldKnowTheAgentWhoAnswersAForwardThatWentToThemAlone() {
        staff.employ();
        String id = openedBy(Mail.of("", CUSTOMER));

        Mail hers = Mail.of("forward-answer", "Lena@staff.stonechat.example").about(id, "SIGNED_ADDRESS");
        hers.data().put("agentId", person(3).toString());
        send(hers, 1);
        String comment = handled(hers).data().path("messageId").asText();
        Mail passedOn = Mail.of("forward-answer", "somebody@else.example").about(id, "SIGNED_ADDRESS");
        passedOn.data().put("agentId", person(3).toString());
        send(passedOn, 1);
        String other = handled(passedOn).data().path("messageId").asText();

        alice().get("/api/v1/tickets/{id}/messages", id)
                .then()
                .body("items.find { it.id == '" + comment + "' }.kind", equalTo("COMMENT"))
                .body(
                        "items.find { it.id == '" + comment + "' }.authorId",
                        equalTo(person(3).toString()))
                .body("items.find { it.id == '" + comment + "' }.authorName", equalTo("Lena Lead"))
                .body("items.find { it.id == '" + comment + "' }.senderAddress", nullValue())
                .body("items.find { it.id == '" + other + "' }.kind", equalTo("COMMENT"))
                .body("items.find { it.id == '" + other + "' }.authorId", nullValue())
                .body("items.find { it.id == '" + other + "' }.authorName", equalTo("Claims <somebody@else.example>"));
    }

    @Test
    @Proves({"T-2", "G-4"})
    void shouldNotTakeSomebodyElseAtTheCustomersAddressForTheCustomer() {
        String id = solved(openedBy(Mail.of("", CUSTOMER)));
        Mail stranger = Mail.of("reply", "stranger@elsewhere.example").about(id, "SIGNED_ADDRESS");
        send(stranger, 1);

        EventCollector.Published handled = handled(stranger);

        assertThat(handled.data().path("outcome").asText()).isEqualTo("COMMENT");
        assertInside(id, handled, "Carl Čapek <stranger@elsewhere.example>", "stranger@elsewhere.example");
        alice().get("/api/v1/tickets/{id}", id).then().body("stage.category", equalTo("SOLVED"));

        // Whom an agent writes to in public takes part from then on.
        alice().body(Map.of(
                        "kind",
                        "PUBLIC_REPLY",
                        "bodyText",
                        "Hello both.",
                        "cc",
                        List.of(Map.of("address", "stranger@elsewhere.example"))))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(201);
        Mail again = Mail.of("reply", "Stranger@elsewhere.example").about(id, "REFERENCES");
        send(again, 1);
        assertThat(handled(again).data().path("outcome").asText()).isEqualTo("MESSAGE");
        alice().get("/api/v1/tickets/{id}", id).then().body("stage.category", equalTo("OPEN"));
    }

    @Test
    @Proves({"T-8", "G-4"})
    void shouldOfferTheCopiesThatAMailBringsAndWriteToNoneOfThemUnasked() {
        String evil = "evil@attacker.example";
        String id = openedBy(Mail.of("", CUSTOMER));
        Mail spoofed = Mail.of("reply", CUSTOMER).about(id, "SUBJECT_TOKEN");
        ((ArrayNode) spoofed.personal().path("cc"))
                .addObject()
                .put("name", "A colleague")
                .put("address", evil);
        send(spoofed, 1);
        String last = handled(spoofed).data().path("messageId").asText();

        alice().get("/api/v1/tickets/{id}", id)
                .then()
                .body("cc", hasSize(0))
                .body("suggestedCopies.address", equalTo(List.of(evil)))
                .body("suggestedCopies.name", equalTo(List.of("A colleague")));
        alice().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "Hello", "basedOnMessageId", last, "replyAll", true))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(201)
                .body("to.address", equalTo(List.of(CUSTOMER)))
                .body("cc", hasSize(0));
        assertThat(openedBy(Mail.of("reply", evil).about(id, "REFERENCES"))).isNotEqualTo(id);

        alice().body(Map.of(
                        "kind",
                        "PUBLIC_REPLY",
                        "bodyText",
                        "Hello both",
                        "basedOnMessageId",
                        last,
                        "cc",
                        List.of(Map.of("address", evil))))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(201)
                .body("cc.address", equalTo(List.of(evil)));
        alice().get("/api/v1/tickets/{id}", id)
                .then()
                .body("cc.address", equalTo(List.of(evil)))
                .body("suggestedCopies", hasSize(0));
    }

    @Test
    @Proves({"T-2", "G-4"})
    void shouldNotLetMailInThatIsKnownToComeFromSomebodyElse() {
        String id = openedBy(Mail.of("", CUSTOMER));
        Mail byNumber = Mail.of("reply", CUSTOMER).about(id, "SUBJECT_TOKEN");
        byNumber.data().put("senderAuthenticated", false);

        assertThat(openedBy(byNumber)).isNotEqualTo(id);
        Mail atItsAddress = Mail.of("reply", CUSTOMER).about(id, "SIGNED_ADDRESS");
        atItsAddress.data().put("senderAuthenticated", false);
        send(atItsAddress, 1);
        assertThat(handled(atItsAddress).data().path("outcome").asText()).isEqualTo("COMMENT");

        Mail real = Mail.of("reply", CUSTOMER).about(id, "SUBJECT_TOKEN");
        real.data().put("senderAuthenticated", true);
        send(real, 1);
        assertThat(handled(real).data().path("outcome").asText()).isEqualTo("MESSAGE");
        alice().get("/api/v1/tickets/{id}/messages", id)
                .then()
                .body("items.kind", equalTo(List.of("CUSTOMER", "COMMENT", "CUSTOMER")));
    }

    @Test
    @Proves({"N-3", "G-4"})
    void shouldKeepMachinesOfStrangersOutOfTheTicketsTheyName() {
        String id = openedBy(Mail.of("", CUSTOMER));
        reply(id, "A new lamp is on its way.");
        Mail autoreply = Mail.of("autoreply", "stranger@attacker.example").about(id, "REFERENCES");
        ((ObjectNode) autoreply.personal().path("from")).put("name", "Alice Agent");
        Mail signed = Mail.of("autoreply", "stranger@attacker.example").about(id, "SIGNED_ADDRESS");
        signed.data().put("answersForward", true);
        Mail bounce = Mail.of("bounce", "mailer-daemon@attacker.example").about(id, "REFERENCES");
        bounce.personal().putArray("reportedRecipients").add("somebody-else@unrelated.example");
        Mail silent = Mail.of("bounce", "mailer-daemon@attacker.example").about(id, "REFERENCES");
        silent.personal().remove("reportedRecipients");

        // In the customer's name, by somebody else; a report of what we never sent.
        Mail forged = Mail.of("autoreply", CUSTOMER).about(id, "SUBJECT_TOKEN");
        forged.data().put("senderAuthenticated", false);
        Mail numbered = Mail.of("bounce", "mailer-daemon@attacker.example").about(id, "SUBJECT_TOKEN");
        numbered.personal().putArray("reportedRecipients").add(CUSTOMER);

        for (Mail mail : List.of(autoreply, signed, bounce, silent, forged, numbered)) {
            send(mail, 1);
            EventCollector.Published handled = handled(mail);
            assertThat(handled.data().path("outcome").asText()).isEqualTo("IGNORED");
            assertThat(handled.data().path("reason").asText())
                    .isEqualTo(mail.data().path("classification").asText() + "_OF_STRANGER");
            assertThat(handled.subject()).isEqualTo(mail.id());
        }
        alice().get("/api/v1/tickets/{id}/messages", id).then().body("items", hasSize(2));
    }

    @Test
    @Proves("N-3")
    void shouldNoteWhatMachinesSayOfThoseWeWroteTo() {
        String id = openedBy(Mail.of("", CUSTOMER));
        reply(id, "A new lamp is on its way.");
        forward(id, "info@factory.example");
        Mail away = Mail.of("autoreply", CUSTOMER).about(id, "REFERENCES");
        Mail closed = Mail.of("autoreply", "info@factory.example").about(id, "REFERENCES");
        Mail bounce = Mail.of("bounce", "mailer-daemon@mx.customers.example").about(id, "REFERENCES");
        bounce.personal().putArray("reportedRecipients").add(CUSTOMER);

        for (Mail mail : List.of(away, closed, bounce)) {
            send(mail, 1);
            EventCollector.Published handled = handled(mail);
            assertThat(handled.data().path("outcome").asText()).isEqualTo("COMMENT");
            String message = handled.data().path("messageId").asText();
            alice().get("/api/v1/tickets/{id}/messages", id)
                    .then()
                    .body("items.find { it.id == '" + message + "' }.kind", equalTo("NOTE"))
                    .body(
                            "items.find { it.id == '" + message + "' }.senderAddress",
                            equalTo(mail.personal().at("/from/address").asText()));
        }
    }

    @Test
    @Proves({"T-8", "G-4"})
    void shouldShowWhoWritesToAnAgentsAddressUnlessItIsTheAgent() {
        staff.employ();
        String id = openedBy(Mail.of("", CUSTOMER));
        Mail hers = answerOfLena(id, "Lena@staff.stonechat.example");
        Mail somebodys = answerOfLena(id, "thief@attacker.example");
        Mail forged = answerOfLena(id, "lena@staff.stonechat.example");
        forged.data().put("senderAuthenticated", false);

        for (Mail mail : List.of(hers, somebodys, forged)) {
            send(mail, 1);
            assertThat(handled(mail).data().path("outcome").asText()).isEqualTo("COMMENT");
        }

        alice().get("/api/v1/tickets/{id}/messages", id)
                .then()
                .body("items.kind", equalTo(List.of("CUSTOMER", "COMMENT", "COMMENT", "COMMENT")))
                .body("items[1].authorId", equalTo(person(3).toString()))
                .body("items[2].authorId", nullValue())
                .body("items[2].senderAddress", equalTo("thief@attacker.example"))
                .body("items[3].authorId", nullValue())
                .body("items[3].senderAddress", equalTo("lena@staff.stonechat.example"));
    }

    private static Mail answerOfLena(String id, String from) {
        Mail mail = Mail.of("reply", from).about(id, "SIGNED_ADDRESS");
        mail.data()
                .put("classification", "AGENT_ANSWER")
                .put("agentId", person(3).toString());
        return mail;
    }

    private String solved(String id) {
        alice().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "A new one is coming.", "solve", true))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(201);
        return id;
    }

    /// @return the id of the forward
    private static String forward(String id, String address) {
        return alice().body(Map.of("to", List.of(Map.of("address", address)), "includeComments", true))
                .post("/api/v1/tickets/{id}/forwards", id)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    /// What came is a comment that shows who wrote it, and the customer sees nothing of it.
    private static void assertInside(String id, EventCollector.Published handled, String author, String address) {
        String message = handled.data().path("messageId").asText();
        alice().get("/api/v1/tickets/{id}/messages", id)
                .then()
                .body("items.find { it.id == '" + message + "' }.kind", equalTo("COMMENT"))
                .body("items.find { it.id == '" + message + "' }.authorId", nullValue())
                .body("items.find { it.id == '" + message + "' }.authorName", equalTo(author))
                .body("items.find { it.id == '" + message + "' }.senderAddress", equalTo(address));
        World.customer(CUSTOMER)
                .get("/api/v1/portal/tickets/{id}/messages", id)
                .then()
                .statusCode(200)
                .body("items.id", not(hasItem(message)));
    }

    @Test
    void shouldLeaveAutomaticMailAlone() {
        Mail mail = Mail.of("autoreply", CUSTOMER);
        mail.data().putNull("proposedTicketId");
        send(mail, 1);

        EventCollector.Published handled = handled(mail);

        assertThat(handled.data().path("outcome").asText()).isEqualTo("IGNORED");
        assertThat(handled.data().path("reason").asText()).isEqualTo("AUTO_REPLY");
        assertThat(handled.subject()).isEqualTo(mail.id());
    }

    @Test
    void shouldDoNothingTwice() {
        Mail mail = Mail.of("", "twice@customers.example");
        String id = openedBy(mail);
        UUID again = send(mail, 1);
        Mail next = Mail.of("", "next@customers.example");
        assertThat(again).isNotNull();
        openedBy(next);

        Awaitility.await()
                .during(Duration.ofSeconds(1))
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(tickets.all().stream()
                                .filter(event -> "TicketCreated".equals(event.type()))
                                .filter(event -> mail.id()
                                        .toString()
                                        .equals(event.data().path("mailId").asText())))
                        .hasSize(1));
        alice().get("/api/v1/tickets/{id}/messages", id).then().body("items", hasSize(1));
    }

    @Test
    @Proves("N-1")
    void shouldShowOnTheMessageWhatBecameOfItsMail() {
        String id = openedBy(Mail.of("", CUSTOMER));
        String message = reply(id, "First");
        became("MailSent", Uuid7.next(), 1, message, data -> {});
        awaitDelivery(id, message, "SENT");

        String other = reply(id, "Second");
        became("MailFailed", Uuid7.next(), 1, other, data -> {});
        awaitDelivery(id, other, "FAILED");
        EventCollector.Published changed = tickets.awaitType("MessageDeliveryChanged", UUID.fromString(id));
        Contracts.assertMatches("tickets", "MessageDeliveryChanged", changed.data(), changed.personal());
    }

    /// The second time it would say of a mail that came back, and is to be tried again, that it was sent.
    @Test
    void shouldNoteOnceThatAMailWasSentHoweverOftenItIsTold() {
        String id = openedBy(Mail.of("", CUSTOMER));
        String message = reply(id, "Once");
        UUID mail = Uuid7.next();
        became("MailSent", mail, 1, message, data -> {});
        awaitDelivery(id, message, "SENT");
        became("MailFailed", mail, 2, message, data -> data.put("reason", "NO_RECIPIENT"));
        awaitDelivery(id, message, "FAILED");
        alice().post("/api/v1/tickets/{id}/messages/{message}/retry", id, message)
                .then()
                .statusCode(200)
                .body("delivery", equalTo("QUEUED"));

        became("MailSent", mail, 1, message, data -> {});

        became("MailFailed", mail, 3, message, data -> data.put("reason", "REFUSED"));
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> alice().get("/api/v1/tickets/{id}/messages", id)
                        .then()
                        .body("items.find { it.id == '" + message + "' }.deliveryReason", equalTo("REFUSED")));
        alice().get("/api/v1/tickets/{id}/history?limit=200&type=MessageDeliveryChanged", id)
                .then()
                .statusCode(200)
                .body("items.details.to", equalTo(List.of("SENT", "FAILED", "QUEUED", "FAILED")));
    }

    /// What the mail service tells of the mail of a message.
    private void became(String type, UUID mail, long sequence, String message, Consumer<ObjectNode> further) {
        ObjectNode data = Contracts.example("mail", type).data().deepCopy();
        data.put("mailId", mail.toString()).put("messageId", message);
        further.accept(data);
        sender.send("mail", type, mail, sequence, data, EventJson.MAPPER.createObjectNode());
    }

    private static String reply(String id, String text) {
        return alice().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", text))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static void awaitDelivery(String id, String message, String delivery) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> alice().get("/api/v1/tickets/{id}/messages", id)
                        .then()
                        .body("items.find { it.id == '" + message + "' }.delivery", equalTo(delivery)));
    }

    @Test
    void shouldKnowOneContactPerAddress() {
        String first = openedBy(Mail.of("", "Same@Customers.example"));
        String second = openedBy(Mail.of("", "same@customers.example"));

        List<String> requesters = List.of(first, second).stream()
                .map(id -> (String)
                        alice().get("/api/v1/tickets/{id}", id).then().extract().path("requester.id"))
                .toList();

        assertThat(requesters.get(0)).isEqualTo(requesters.get(1));
        alice().get("/api/v1/contacts/{id}", requesters.get(0))
                .then()
                .statusCode(200)
                .body("address", equalTo("same@customers.example"));
        World.bob().get("/api/v1/contacts/{id}", requesters.get(0)).then().statusCode(404);
        World.carl().get("/api/v1/contacts/{id}", requesters.get(0)).then().statusCode(403);
        alice().get("/api/v1/contacts?address=same@customers.example").then().body("items", hasSize(1));
        World.bob()
                .get("/api/v1/contacts?address=same@customers.example")
                .then()
                .body("items", hasSize(0));
        alice().get("/api/v1/contacts").then().body("items", not(hasSize(0)));
    }
}
