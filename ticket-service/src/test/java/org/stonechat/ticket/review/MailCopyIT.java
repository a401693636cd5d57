package org.stonechat.ticket.review;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.ticket.World;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.stonechat.ticket.World.carl;
import static org.stonechat.ticket.World.lena;
import static org.stonechat.ticket.World.max;

/// What becomes of the copy by mail of a review's public answer is seen on the ticket.
@QuarkusTest
@WithRealParts
class MailCopyIT {

    private final UUID mail = UUID.randomUUID();
    private RoutedTicket ticket;
    private String id;

    @BeforeEach
    void open() {
        World.setUp();
        ticket = new RoutedTicket();
        id = ticket.route();
    }

    @AfterEach
    void close() {
        ticket.close();
    }

    @Test
    @Proves("R-5")
    void shouldMailACopyUnlessItIsSwitchedOff() {
        String usual = ticket.answer(Map.of());
        EventCollector.Published added = added(usual);
        assertThat(added.data().path("mailCopy").asBoolean()).isTrue();
        assertThat(ticket.message(usual).getBoolean("mailCopy")).isTrue();
        ticket.replied(usual, false);
        awaitCopy(usual, "LEFT_TO_PLATFORM");
        EventCollector.Published changed = ticket.about("MailCopyChanged", usual, "LEFT_TO_PLATFORM");
        Contracts.assertMatches("tickets", "MailCopyChanged", changed.data(), changed.personal());

        ticket.tell("ReviewReplyRemoved", data -> data.put("messageId", usual).put("elsewhere", false));
        ticket.await(
                "the review to take another answer",
                () -> ticket.view().getBoolean("review.canReply")
                        && "WITHDRAWN".equals(ticket.message(usual).getString("delivery")));
        String without = ticket.answer(Map.of("mailCopy", false));
        assertThat(added(without).data().path("mailCopy").asBoolean()).isFalse();
        ticket.replied(without, false);
        ticket.await(
                "the second answer",
                () -> "PUBLISHED".equals(ticket.message(without).getString("delivery")));
        assertThat(ticket.message(without).getBoolean("mailCopy")).isFalse();
        assertThat(ticket.message(without).getString("mailCopyState")).isNull();
    }

    @Test
    @Proves("R-5")
    void shouldShowThatTheCopyFailedAndWhyBesideTheAnswerThatStands() {
        String answer = ticket.answer(Map.of());
        ticket.replied(answer, true);
        awaitCopy(answer, "QUEUED");

        ticket.mail("MailFailed", mail, 1, answer, data -> data.put("reason", "REFUSED"));

        awaitCopy(answer, "FAILED");
        JsonPath shown = ticket.message(answer);
        assertThat(shown.getString("mailCopyReason")).isEqualTo("REFUSED");
        assertThat(shown.getString("delivery")).isEqualTo("PUBLISHED");
        assertThat(shown.getString("deliveryReason")).isNull();
        EventCollector.Published failed = ticket.about("MailCopyChanged", answer, "FAILED");
        Contracts.assertMatches("tickets", "MailCopyChanged", failed.data(), failed.personal());
        lena().get("/api/v1/tickets/{id}/history?limit=200&type=MailCopyChanged", id)
                .then()
                .statusCode(200)
                .body("items.details.to", equalTo(List.of("QUEUED", "FAILED")))
                .body("items[1].details.reason", equalTo("REFUSED"))
                .body("items[1].details.from", equalTo("QUEUED"))
                .body("items[1].details.messageId", equalTo(answer));
    }

    @Test
    @Proves("R-5")
    void shouldHaveACopyThatFailedMailedAgainAndNotTheAnswerPublishedAgain() {
        String answer = ticket.answer(Map.of());
        ticket.replied(answer, true);
        awaitCopy(answer, "QUEUED");
        retry(lena(), answer).then().statusCode(409).body("code", equalTo("delivery-not-failed"));
        ticket.mail("MailFailed", mail, 1, answer, data -> data.put("reason", "NO_RECIPIENT"));
        awaitCopy(answer, "FAILED");
        retry(carl(), answer).then().statusCode(403);
        retry(max(), answer).then().statusCode(404);

        retry(lena(), answer)
                .then()
                .statusCode(200)
                .body("delivery", equalTo("PUBLISHED"))
                .body("mailCopyState", equalTo("QUEUED"))
                .body("mailCopyReason", nullValue());

        EventCollector.Published again = ticket.tickets.await(
                "the copy to be wanted again",
                event -> "MailCopyChanged".equals(event.type())
                        && answer.equals(event.data().path("messageId").asText())
                        && "FAILED".equals(event.data().path("from").asText()));
        assertThat(again.data().path("to").asText()).isEqualTo("QUEUED");
        ticket.mail("MailSent", mail, 2, answer, data -> {});
        awaitCopy(answer, "SENT");
        assertThat(ticket.tickets.all().stream()
                        .filter(event -> "MessageDeliveryChanged".equals(event.type()))
                        .filter(event ->
                                answer.equals(event.data().path("messageId").asText()))
                        .map(event -> event.data().path("to").asText()))
                .containsExactly("PUBLISHED");
    }

    /// Mails and reviews are told of on topics of their own, and one may be behind.
    @Test
    @Proves("R-5")
    void shouldKeepWhatBecameOfTheCopyThoughItIsHeardOfBeforeThePublication() {
        String answer = ticket.answer(Map.of());
        ticket.mail("MailSent", mail, 1, answer, data -> {});
        awaitCopy(answer, "SENT");
        assertThat(ticket.message(answer).getString("delivery")).isEqualTo("QUEUED");

        ticket.replied(answer, true);

        ticket.await(
                "the publication",
                () -> "PUBLISHED".equals(ticket.message(answer).getString("delivery")));
        assertThat(ticket.message(answer).getString("mailCopyState")).isEqualTo("SENT");
        lena().get("/api/v1/tickets/{id}/history?limit=200&type=MailCopyChanged", id)
                .then()
                .body("items.details.to", equalTo(List.of("SENT")));
        lena().get("/api/v1/tickets/{id}/history?limit=200", id).then().body("items.type", hasItem("MessageAdded"));
    }

    /// The second time it would take back that somebody has asked for the copy once more.
    @Test
    void shouldNoteOnceThatACopyFailedHoweverOftenItIsTold() {
        String answer = ticket.answer(Map.of());
        ticket.replied(answer, true);
        awaitCopy(answer, "QUEUED");
        RoutedTicket.Told failed = ticket.mail("MailFailed", mail, 1, answer, data -> {});
        awaitCopy(answer, "FAILED");
        retry(lena(), answer).then().statusCode(200).body("mailCopyState", equalTo("QUEUED"));

        failed.again();

        ticket.mail("MailSent", mail, 2, answer, data -> {});
        awaitCopy(answer, "SENT");
        lena().get("/api/v1/tickets/{id}/history?limit=200&type=MailCopyChanged", id)
                .then()
                .statusCode(200)
                .body("items.details.to", equalTo(List.of("QUEUED", "FAILED", "QUEUED", "SENT")));
    }

    private static io.restassured.response.Response retry(
            io.restassured.specification.RequestSpecification who, String id, String message) {
        return who.post("/api/v1/tickets/{id}/messages/{message}/retry", id, message);
    }

    private io.restassured.response.Response retry(
            io.restassured.specification.RequestSpecification who, String message) {
        return retry(who, id, message);
    }

    private void awaitCopy(String message, String state) {
        ticket.await(
                "the copy to be " + state,
                () -> state.equals(ticket.message(message).getString("mailCopyState")));
    }

    private EventCollector.Published added(String message) {
        return ticket.tickets.await(
                "the message",
                event -> "MessageAdded".equals(event.type())
                        && message.equals(event.data().path("messageId").asText()));
    }
}
