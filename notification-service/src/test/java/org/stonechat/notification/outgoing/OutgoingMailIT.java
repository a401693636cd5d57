package org.stonechat.notification.outgoing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.notification.world.MailServer;
import org.stonechat.notification.world.Shop;
import org.stonechat.notification.world.TestTicket;
import org.stonechat.notification.world.WithMailServer;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.Contracts;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@WithRealParts
@WithMailServer
class OutgoingMailIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String customer = "customer-" + UUID.randomUUID() + "@customers.example";
    private Shop shop;
    private EventCollector published;

    @BeforeEach
    void open() {
        shop = Shop.open();
        published = EventCollector.on("mail");
    }

    @AfterEach
    void close() {
        published.close();
        shop.close();
    }

    @Test
    @Proves({"T-8", "N-1"})
    void shouldSendAReplyThreadedAndSignedAndTellSo() throws Exception {
        TestTicket ticket = shop.ticket().created(customer);
        UUID messageId = ticket.repliedTo(customer, "A new lamp is on its way.");

        MimeMessage mail = awaitMails(1).getFirst();
        String id = "<" + messageId + "@northwind.example>";
        assertThat(mail.getHeader("Message-ID")).containsExactly(id);
        assertThat(mail.getHeader("In-Reply-To")).containsExactly("<20260302.081233.7f3a@customers.example>");
        assertThat(mail.getHeader("References", " ")).contains("<20260302.081233.7f3a@customers.example>");
        assertThat(mail.getSubject()).startsWith("Re: ").endsWith("[#" + ticket.number + "]");
        assertThat(mail.getFrom()[0]).hasToString("Northwind Shop <" + shop.address + ">");
        assertThat(mail.getReplyTo()[0].toString()).contains("+t." + ticket.number + ".");
        assertThat(mail.getHeader("Auto-Submitted")).isNull();
        MimeMultipart both = (MimeMultipart) mail.getContent();
        assertThat(both.getBodyPart(0).getContent().toString())
                .contains("A new lamp is on its way.")
                .contains("-- ")
                .contains("Northwind Shop");
        assertThat(both.getBodyPart(1).getContent().toString()).contains("<p>A new lamp is on its way.</p>");

        EventCollector.Published sent = about("MailSent", "messageId", messageId);
        Contracts.assertMatches("mail", "MailSent", sent.data(), sent.personal());
        assertThat(sent.data().path("rfcMessageId").asText()).isEqualTo(id);
        assertThat(sent.data().path("inDoubt").asBoolean()).isFalse();
    }

    @Test
    @Proves("N-1")
    void shouldSendOnceHoweverOftenItIsTold() {
        TestTicket ticket = shop.ticket().created(customer);
        ticket.repliedTo(customer, "Once.");
        ticket.again();
        ticket.again();
        ticket.repliedTo(customer, "And another.");

        assertThat(awaitMails(2)).hasSize(2);
    }

    @Test
    @Proves("N-2")
    void shouldFindTheTicketOfAnAnswerByItsSignedAddress() throws Exception {
        shop.readsItsMail();
        TestTicket ticket = shop.ticket().created(customer);
        ticket.repliedTo(customer, "How is it now?");
        String replyTo = ((jakarta.mail.internet.InternetAddress)
                        awaitMails(1).getFirst().getReplyTo()[0])
                .getAddress();

        MailServer.send(
                "elsewhere@x.example",
                shop.address,
                "From: elsewhere@x.example\nTo: " + replyTo + "\nSubject: something else\nMessage-ID: <"
                        + UUID.randomUUID() + "@x.example>\n\nFine.\n");

        EventCollector.Published received = published.await(
                "the answer",
                event -> event.type().equals("MailReceived")
                        && event.data().path("departmentId").asText().equals(shop.department.toString()));
        assertThat(received.data().path("proposedTicketId").asText()).isEqualTo(ticket.id.toString());
        assertThat(received.data().path("foundBy").asText()).isEqualTo("SIGNED_ADDRESS");
    }

    @Test
    void shouldFailForGoodWhereThereIsNobodyToSendItTo() {
        TestTicket ticket = shop.ticket().created(customer);
        UUID messageId = ticket.repliedTo("not an address", "x");

        EventCollector.Published failed = about("MailFailed", "messageId", messageId);
        Contracts.assertMatches("mail", "MailFailed", failed.data(), failed.personal());
        assertThat(failed.data().path("reason").asText()).isEqualTo("ADDRESS_INVALID");
    }

    @Test
    @Proves("T-8")
    void shouldTryAgainWhenSomebodyAsksForIt() {
        TestTicket ticket = shop.ticket().created(customer);
        UUID messageId = ticket.repliedTo("not an address", "x");
        about("MailFailed", "messageId", messageId);

        ticket.deliveryChanged(messageId, "FAILED", "QUEUED");

        await().atMost(PATIENCE)
                .pollInSameThread()
                .until(() -> published.all().stream()
                                .filter(event -> event.type().equals("MailFailed"))
                                .filter(event ->
                                        event.data().path("messageId").asText().equals(messageId.toString()))
                                .count()
                        == 2);
    }

    @Test
    @Proves("T-8")
    void shouldMailAForwardToWhomItWasForwardedAlone() throws Exception {
        TestTicket ticket = shop.ticket().created("somebody-else@customers.example");
        UUID messageId = UUID.randomUUID();
        ticket.reply(messageId, customer, "Please look at this.", data -> data.put("kind", "FORWARD"));

        MimeMessage mail = awaitMails(1).getFirst();
        assertThat(mail.getSubject()).startsWith("Fwd: ").endsWith("[#" + ticket.number + "]");
        assertThat(mail.getAllRecipients()).hasSize(1);
        assertThat(mail.getFrom()[0]).hasToString("Northwind Shop <" + shop.address + ">");
        about("MailSent", "messageId", messageId);
    }

    @Test
    @Proves({"T-8", "N-2"})
    void shouldKnowTheAnswerToAForwardByTheAddressItWentOutWith() throws Exception {
        shop.readsItsMail();
        TestTicket ticket = shop.ticket().created("somebody-else@customers.example");
        UUID agent = UUID.randomUUID();
        ticket.forwardedTo(Map.of("name", "Lena", "address", customer, "agentId", agent.toString()));
        String toLena = replyAddress(awaitMails(1).getFirst());
        ticket.forwardedTo(Map.of("name", "Factory", "address", customer));
        String toFactory = replyAddress(awaitMails(2).stream()
                .filter(mail -> !replyAddressOf(mail).equals(toLena))
                .findFirst()
                .orElseThrow());
        ticket.repliedTo(customer, "And this is for the customer.");
        String toCustomer = replyAddress(awaitMails(3).stream()
                .filter(mail -> !replyAddressOf(mail).contains("+f."))
                .findFirst()
                .orElseThrow());
        assertThat(toLena).contains("+f." + ticket.number + ".");
        assertThat(toFactory).contains("+f." + ticket.number + ".");
        assertThat(toCustomer).contains("+t." + ticket.number + ".");

        EventCollector.Published fromFactory = answer("jan@factory.example", toFactory);
        assertThat(fromFactory.data().path("answersForward").asBoolean()).isTrue();
        assertThat(fromFactory.data().path("agentId").isNull()).isTrue();
        assertThat(fromFactory.data().path("foundBy").asText()).isEqualTo("SIGNED_ADDRESS");
        assertThat(fromFactory.data().path("proposedTicketId").asText()).isEqualTo(ticket.id.toString());
        EventCollector.Published fromLena = answer("lena@staff.example", toLena);
        assertThat(fromLena.data().path("answersForward").asBoolean()).isTrue();
        assertThat(fromLena.data().path("agentId").asText()).isEqualTo(agent.toString());
        assertThat(fromLena.data().path("classification").asText()).isEqualTo("REPLY");
        // Whatever else it is addressed to: what answers a forward may quote what the customer must not see.
        EventCollector.Published toBoth = answer("jan@factory.example", toCustomer + ", " + toFactory);
        assertThat(toBoth.data().path("answersForward").asBoolean()).isTrue();
        EventCollector.Published fromCustomer = answer("carl@customers.example", toCustomer);
        assertThat(fromCustomer.data().path("answersForward").asBoolean()).isFalse();
    }

    @Test
    @Proves({"T-8", "G-4"})
    void shouldNotShowTheAddressesOfThoseWhoWereForwardedToByName() throws Exception {
        TestTicket ticket = shop.ticket().created("somebody-else@customers.example");
        String colleague = "colleague-" + UUID.randomUUID() + "@staff.example";
        ticket.forwardedTo(
                Map.of("name", "Factory", "address", customer),
                Map.of(
                        "name",
                        "Lena",
                        "address",
                        colleague,
                        "agentId",
                        UUID.randomUUID().toString()));

        MimeMessage shown = awaitMails(1).getFirst();
        await().atMost(PATIENCE).until(() -> MailServer.inbox(colleague).size() == 1);
        MimeMessage hers = MailServer.inbox(colleague).getFirst();
        for (MimeMessage mail : List.of(shown, hers)) {
            assertThat(mail.getAllRecipients()).hasSize(1);
            assertThat(mail.getAllRecipients()[0].toString()).contains(customer);
        }

        String other = "other-" + UUID.randomUUID() + "@staff.example";
        ticket.forwardedTo(
                Map.of(
                        "name",
                        "Max",
                        "address",
                        other,
                        "agentId",
                        UUID.randomUUID().toString()),
                Map.of(
                        "name",
                        "Lena",
                        "address",
                        colleague,
                        "agentId",
                        UUID.randomUUID().toString()));
        await().atMost(PATIENCE).until(() -> MailServer.inbox(other).size() == 1);
        assertThat(MailServer.inbox(other).getFirst().getHeader("To", ",")).isEqualTo("undisclosed-recipients:;");
        await().atMost(PATIENCE).until(() -> MailServer.inbox(colleague).size() == 2);
    }

    private EventCollector.Published answer(String from, String to) {
        String messageId = "<" + UUID.randomUUID() + "@x.example>";
        MailServer.send(
                from,
                shop.address,
                "From: " + from + "\nTo: " + to + "\nSubject: Re: it\nMessage-ID: " + messageId + "\n\nFine.\n");
        EventCollector.Published received = published.await(
                "the answer of " + from,
                event -> event.type().equals("MailReceived")
                        && event.data().path("messageId").asText().equals(messageId));
        Contracts.assertMatches("mail", "MailReceived", received.data(), received.personal());
        return received;
    }

    private static String replyAddress(MimeMessage mail) throws MessagingException {
        return ((InternetAddress) mail.getReplyTo()[0]).getAddress();
    }

    private static String replyAddressOf(MimeMessage mail) {
        try {
            return replyAddress(mail);
        } catch (MessagingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    @Test
    @Proves({"T-8", "N-1"})
    void shouldPutTheSignatureBelowTheMailInsteadOfItsOwn() throws Exception {
        TestTicket ticket = shop.ticket().created(customer);
        ticket.signedReplyTo(customer, "Hello.", "Alice & co", "<b>Alice</b> &amp; co");

        MimeMultipart both = (MimeMultipart) awaitMails(1).getFirst().getContent();
        assertThat(both.getBodyPart(0).getContent().toString().replace("\r\n", "\n"))
                .contains("Hello.\n\n-- \nAlice & co")
                .doesNotContain("Northwind Shop");
        assertThat(both.getBodyPart(1).getContent().toString())
                .contains("<b>Alice</b> &amp; co")
                .doesNotContain("Northwind Shop");
    }

    @Test
    @Proves("S-2")
    void shouldSendARatingRequestAsItWasRenderedAndOnce() throws Exception {
        UUID requestId = UUID.randomUUID();
        ObjectNode data = ratingData("RatingRequested", requestId);
        ObjectNode personal = Shop.personal("ratings", "RatingRequested");
        ((ObjectNode) personal.get("recipient")).put("address", customer);
        shop.sender().send("ratings", "RatingRequested", requestId, 1, data, personal);
        shop.sender().send("ratings", "RatingRequested", requestId, 1, data, personal);

        EventCollector.Published sent = about("MailSent", "ratingRequestId", requestId);
        Contracts.assertMatches("mail", "MailSent", sent.data(), sent.personal());
        MimeMessage mail = awaitMails(1).getFirst();
        assertThat(mail.getSubject()).isEqualTo(personal.get("subject").asText());
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    }

    @Test
    @Proves("R-5")
    void shouldMailTheCopyOfAReviewReplyOnlyWhenItIsOwed() {
        TestTicket owed = shop.ticket().created(customer);
        UUID owedMessage = owed.answeredReview("Our public answer.");
        replied(owedMessage, owed.id, true);
        TestTicket notOwed = shop.ticket().created(customer);
        replied(notOwed.answeredReview("The platform mails this one."), notOwed.id, false);

        about("MailSent", "messageId", owedMessage);
        assertThat(awaitMails(1)).hasSize(1);
    }

    private void replied(UUID messageId, UUID ticketId, boolean owed) {
        ObjectNode data = Shop.data("reviews", "ReviewReplied");
        UUID reviewId = UUID.randomUUID();
        data.put("reviewId", reviewId.toString()).put("ticketId", ticketId.toString());
        data.put("messageId", messageId.toString()).put("mailCopyOwed", owed);
        shop.sender().send("reviews", "ReviewReplied", reviewId, 1, data, Shop.personal("reviews", "ReviewReplied"));
    }

    private ObjectNode ratingData(String type, UUID requestId) {
        ObjectNode data = Shop.data("ratings", type);
        data.put("ratingId", requestId.toString()).put("requestId", requestId.toString());
        return data.put("ticketId", UUID.randomUUID().toString()).put("departmentId", shop.department.toString());
    }

    private List<MimeMessage> awaitMails(int count) {
        await().atMost(PATIENCE).until(() -> MailServer.inbox(customer).size() >= count);
        return MailServer.inbox(customer);
    }

    private EventCollector.Published about(String type, String field, UUID id) {
        return published.await(
                type,
                event -> event.type().equals(type)
                        && event.data().path(field).asText().equals(id.toString()));
    }
}
