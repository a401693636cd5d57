package org.stonechat.notification.outgoing;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

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

/// The copy of a review's answer that the platform cannot mail itself.
@QuarkusTest
@WithRealParts
@WithMailServer
class ReviewCopyIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

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
    @Proves({"R-5", "N-1"})
    void shouldSayThatACopyFoundNobodyAndMailItOnceSomebodyHasMendedThat() throws Exception {
        TestTicket ticket = shop.ticket().created(null);
        UUID answer = ticket.answeredReview("We are sorry.");
        replied(ticket, answer);

        EventCollector.Published failed = about("MailFailed", answer);
        Contracts.assertMatches("mail", "MailFailed", failed.data(), failed.personal());
        assertThat(failed.data().path("reason").asText()).isEqualTo("NO_RECIPIENT");
        assertThat(failed.data().path("ticketId").asText()).isEqualTo(ticket.id.toString());

        ticket.belongsTo(customer);
        // News of the copy that nobody asks to be mailed again does nothing.
        ticket.copyChanged(answer, "QUEUED", "FAILED");
        ticket.copyChanged(answer, "FAILED", "QUEUED");
        ticket.again();

        EventCollector.Published sent = about("MailSent", answer);
        assertThat(sent.data().path("mailId").asText())
                .isEqualTo(failed.data().path("mailId").asText());
        await().atMost(PATIENCE).until(() -> MailServer.inbox(customer).size() == 1);
        MimeMultipart both =
                (MimeMultipart) MailServer.inbox(customer).getFirst().getContent();
        assertThat(both.getBodyPart(0).getContent().toString()).contains("We are sorry.");
        assertThat(toldOf(answer)).containsExactly("MailFailed", "MailSent");
    }

    /// The second time it would mail a copy again that has failed again since, and that nobody asks for any more.
    @Test
    void shouldTryACopyAgainOnceHoweverOftenItIsTold() {
        TestTicket ticket = shop.ticket().created(null);
        UUID answer = ticket.answeredReview("We are sorry.");
        replied(ticket, answer);
        await().atMost(PATIENCE).pollInSameThread().until(() -> toldOf(answer).equals(List.of("MailFailed")));
        ticket.copyChanged(answer, "FAILED", "QUEUED");
        await().atMost(PATIENCE)
                .pollInSameThread()
                .until(() -> toldOf(answer).equals(List.of("MailFailed", "MailFailed")));

        ticket.again();

        // Mails of one ticket go out one after the other: once this one has, the copy would have been tried.
        UUID reply = ticket.repliedTo(customer, "Is it on its way now?");
        about("MailSent", reply);
        assertThat(toldOf(answer)).containsExactly("MailFailed", "MailFailed");
    }

    private List<String> toldOf(UUID message) {
        return published.all().stream()
                .filter(event -> event.data().path("messageId").asText().equals(message.toString()))
                .map(EventCollector.Published::type)
                .toList();
    }

    private void replied(TestTicket ticket, UUID messageId) {
        ObjectNode data = Shop.data("reviews", "ReviewReplied");
        UUID review = UUID.randomUUID();
        data.put("reviewId", review.toString()).put("ticketId", ticket.id.toString());
        data.put("messageId", messageId.toString()).put("mailCopyOwed", true);
        shop.sender().send("reviews", "ReviewReplied", review, 1, data, Shop.personal("reviews", "ReviewReplied"));
    }

    private EventCollector.Published about(String type, UUID message) {
        return published.await(
                type,
                event -> event.type().equals(type)
                        && event.data().path("messageId").asText().equals(message.toString()));
    }
}
