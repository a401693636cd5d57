package org.stonechat.ticket.review;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

import jakarta.inject.Inject;

import org.awaitility.Awaitility;
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
import org.stonechat.testing.contract.GoldenExample;
import org.stonechat.ticket.Rows;
import org.stonechat.ticket.World;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.stonechat.ticket.World.alice;
import static org.stonechat.ticket.World.lena;

@QuarkusTest
@WithRealParts
class ReviewIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Inject
    DataSource dataSource;

    private final EventSender sender = EventSender.open();
    private final EventCollector tickets = EventCollector.on("tickets");
    private final UUID review = Uuid7.next();
    private final ObjectNode data =
            Contracts.example("reviews", "ReviewRouted").data().deepCopy();
    private final ObjectNode personal =
            Contracts.example("reviews", "ReviewRouted").personal().deepCopy();

    @BeforeEach
    void setUp() {
        World.setUp();
        data.put("reviewId", review.toString());
    }

    @AfterEach
    void tearDown() {
        sender.close();
        tickets.close();
    }

    private String routed() {
        sender.send("reviews", "ReviewRouted", review, 1, data, personal);
        EventCollector.Published created = tickets.await(
                "the ticket of the review",
                event -> "TicketCreated".equals(event.type())
                        && review.toString()
                                .equals(event.data().path("reviewId").asText()));
        Contracts.assertMatches("tickets", "TicketCreated", created.data(), created.personal());
        return created.subject().toString();
    }

    private EventCollector.Published messageAdded(String message) {
        return tickets.await(
                "the message",
                event -> "MessageAdded".equals(event.type())
                        && message.equals(event.data().path("messageId").asText()));
    }

    @Test
    @Proves({"T-1", "T-2", "T-12", "R-2", "R-4"})
    void shouldMakeATicketThatShowsTheReview() {
        String id = routed();

        alice().get("/api/v1/tickets/{id}", id)
                .then()
                .statusCode(200)
                .body("channel", equalTo("REVIEW"))
                .body("teamId", equalTo(World.REVIEW_DESK.toString()))
                .body("priority", equalTo("HIGH"))
                .body("tags", hasItem("review"))
                .body("review.stars", equalTo(2))
                .body("review.title", equalTo("Drei Wochen gewartet"))
                .body("review.authorName", equalTo("Petra M."))
                .body("review.orderReference", equalTo("NW-2026-00871"))
                .body("review.subRatings[0].name", equalTo("delivery"))
                .body("review.replyMaximum", equalTo(4000))
                .body("review.inboxUrl", notNullValue());
        alice().get("/api/v1/tickets?view=all-open&limit=200")
                .then()
                .body("items.find { it.id == '" + id + "' }.review.stars", equalTo(2))
                .body("items.find { it.id == '" + id + "' }.review.authorName", equalTo("Petra M."));
        alice().get("/api/v1/tickets/{id}/messages", id)
                .then()
                .body("items", hasSize(1))
                .body("items[0].bodyText", org.hamcrest.Matchers.startsWith("Drei Wochen gewartet"));
    }

    @Test
    @Proves("R-5")
    void shouldPublishOnlyWhatIsSubmittedAsSolved() {
        String id = routed();

        String draft = lena().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "A draft"))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(201)
                .body("delivery", equalTo("DRAFT"))
                .body("deliverVia", org.hamcrest.Matchers.nullValue())
                .extract()
                .path("id");
        EventCollector.Published drafted = messageAdded(draft);
        Contracts.assertMatches("tickets", "MessageAdded", drafted.data(), drafted.personal());
        assertThat(drafted.data().path("deliverVia").isNull()).isTrue();

        String reply = publish(id, false);
        EventCollector.Published added = messageAdded(reply);
        Contracts.assertMatches("tickets", "MessageAdded", added.data(), added.personal());
        assertThat(added.data().path("deliverVia").asText()).isEqualTo("REVIEW");
        assertThat(added.data().path("solve").asBoolean()).isTrue();
        assertThat(added.data().path("mailCopy").asBoolean()).isFalse();
        lena().get("/api/v1/tickets/{id}", id).then().body("stage.category", equalTo("SOLVED"));

        ObjectNode replied =
                Contracts.example("reviews", "ReviewReplied").data().deepCopy();
        replied.put("reviewId", review.toString()).put("ticketId", id).put("messageId", reply);
        sender.send("reviews", "ReviewReplied", review, 2, replied, EventJson.MAPPER.createObjectNode());
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> lena().get("/api/v1/tickets/{id}/messages", id)
                        .then()
                        .body("items.find { it.id == '" + reply + "' }.delivery", equalTo("PUBLISHED")));
        lena().get("/api/v1/tickets/{id}", id).then().body("review.replyUrl", notNullValue());
        // The copy by mail is another matter: its author has left no address.
        UUID mail = UUID.randomUUID();
        ObjectNode copy = Contracts.example("mail", "MailFailed").data().deepCopy();
        copy.put("mailId", mail.toString()).put("ticketId", id).put("messageId", reply);
        sender.send("mail", "MailFailed", mail, 1, copy, EventJson.MAPPER.createObjectNode());
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> Rows.time(
                                dataSource, "select now() from inbox where consumer = 'mail' and subject = ?", mail)
                        .isPresent());
        lena().get("/api/v1/tickets/{id}/messages", id)
                .then()
                .body("items.find { it.id == '" + reply + "' }.delivery", equalTo("PUBLISHED"));
        lena().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "Again", "solve", true))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(409)
                .body("code", equalTo("review-already-answered"));
    }

    private static String publish(String id, boolean mailCopy) {
        return lena().body(Map.of(
                        "kind", "PUBLIC_REPLY", "bodyText", "We are sorry.", "solve", true, "mailCopy", mailCopy))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(201)
                .body("delivery", equalTo("QUEUED"))
                .body("deliverVia", equalTo("REVIEW"))
                .extract()
                .path("id");
    }

    @Test
    @Proves("R-5")
    void shouldRefuseWhatIsTooLongBeforeAnythingIsKept() {
        ((ObjectNode) data.path("replyMaxLength")).put("value", 10);
        String id = routed();

        lena().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "longer than ten", "solve", true))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(422)
                .body("code", equalTo("reply-too-long"))
                .body("maximum", equalTo(10));
        lena().get("/api/v1/tickets/{id}/messages", id).then().body("items", hasSize(1));
    }

    @Test
    @Proves("R-5")
    void shouldShowAFailedPublicationAndLetItBeTriedAgain() {
        String id = routed();
        String reply = publish(id, true);

        ObjectNode failed =
                Contracts.example("reviews", "ReviewReplyFailed").data().deepCopy();
        failed.put("reviewId", review.toString()).put("ticketId", id).put("messageId", reply);
        sender.send("reviews", "ReviewReplyFailed", review, 2, failed, EventJson.MAPPER.createObjectNode());

        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> lena().get("/api/v1/tickets/{id}/messages", id)
                        .then()
                        .body("items.find { it.id == '" + reply + "' }.delivery", equalTo("FAILED"))
                        .body("items.find { it.id == '" + reply + "' }.deliveryReason", equalTo("FORBIDDEN")));
        publish(id, true);
    }

    @Test
    @Proves("R-2")
    void shouldKeepOneTicketPerReviewAndShowItsRevision() {
        String id = routed();
        sender.send("reviews", "ReviewRouted", review, 2, data, personal);
        ObjectNode revised =
                Contracts.example("reviews", "ReviewRevised").data().deepCopy();
        revised.put("reviewId", review.toString());
        sender.send(
                "reviews",
                "ReviewRevised",
                review,
                3,
                revised,
                Contracts.example("reviews", "ReviewRevised").personal());

        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> alice().get("/api/v1/tickets/{id}", id)
                        .then()
                        .body("review.stars", equalTo(4))
                        .body("review.revision", equalTo(2)));
        alice().get("/api/v1/tickets/{id}/messages", id)
                .then()
                .body("items", hasSize(2))
                .body("items[1].kind", equalTo("NOTE"));
        assertThat(tickets.all().stream()
                        .filter(event -> "TicketCreated".equals(event.type()))
                        .filter(event -> review.toString()
                                .equals(event.data().path("reviewId").asText())))
                .hasSize(1);
    }

    @Test
    @Proves("R-2")
    void shouldKeepTheTicketOfAWithdrawnReviewAndOfferNoReply() {
        String id = routed();
        GoldenExample withdrawn = example("ReviewWithdrawn");
        sender.send("reviews", "ReviewWithdrawn", review, 2, withdrawn.data(), withdrawn.personal());

        awaitNote(id, 1, "no longer shows the review");
        alice().get("/api/v1/tickets/{id}", id).then().statusCode(200).body("review.canReply", equalTo(false));
        lena().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "Too late", "solve", true))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(409);
    }

    @Test
    @Proves("R-2")
    void shouldReopenASolvedTicketWhenTheReviewIsEditedAndTheConnectionSaysSo() {
        String id = routed();
        publish(id, false);
        lena().get("/api/v1/tickets/{id}", id).then().body("stage.category", equalTo("SOLVED"));
        GoldenExample revised = example("ReviewRevised");
        revised.data().put("reopen", true).put("canReply", false);
        sender.send("reviews", "ReviewRevised", review, 2, revised.data(), revised.personal());

        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> lena().get("/api/v1/tickets/{id}", id)
                        .then()
                        .body("stage.category", equalTo("OPEN"))
                        .body("review.stars", equalTo(4))
                        .body("review.canReply", equalTo(false)));
        awaitNote(id, 2, "has changed the review");
    }

    @Test
    @Proves("R-2")
    void shouldLeaveASolvedTicketSolvedWhenTheConnectionDoesNotSayOtherwise() {
        String id = routed();
        publish(id, false);
        GoldenExample revised = example("ReviewRevised");
        revised.data().put("reopen", false);
        sender.send("reviews", "ReviewRevised", review, 2, revised.data(), revised.personal());

        awaitNote(id, 2, "has changed the review");
        lena().get("/api/v1/tickets/{id}", id).then().body("stage.category", equalTo("SOLVED"));
    }

    @Test
    @Proves({"R-2", "R-5"})
    void shouldShowAnAnswerGivenElsewhereAndOfferTheReplyAgainWhenItIsGone() {
        String id = routed();
        GoldenExample elsewhere = example("ReviewAnsweredElsewhere");
        elsewhere.data().put("ticketId", id);
        sender.send("reviews", "ReviewAnsweredElsewhere", review, 2, elsewhere.data(), elsewhere.personal());
        awaitNote(id, 1, "Wir melden uns");
        alice().get("/api/v1/tickets/{id}", id).then().body("review.canReply", equalTo(false));

        GoldenExample removed = example("ReviewReplyRemoved");
        removed.data().put("ticketId", id).putNull("messageId").put("elsewhere", true);
        sender.send("reviews", "ReviewReplyRemoved", review, 3, removed.data(), removed.personal());
        awaitNote(id, 2, "removed on the platform");
        alice().get("/api/v1/tickets/{id}", id).then().body("review.canReply", equalTo(true));
    }

    @Test
    @Proves("R-5")
    void shouldShowThatAReplyWasTakenBackAndTakeAnother() {
        String id = routed();
        String reply = publish(id, false);
        ObjectNode replied = example("ReviewReplied").data();
        replied.put("ticketId", id).put("messageId", reply);
        sender.send("reviews", "ReviewReplied", review, 2, replied, EventJson.MAPPER.createObjectNode());
        GoldenExample removed = example("ReviewReplyRemoved");
        removed.data().put("ticketId", id).put("messageId", reply);
        sender.send("reviews", "ReviewReplyRemoved", review, 3, removed.data(), removed.personal());

        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> lena().get("/api/v1/tickets/{id}/messages", id)
                        .then()
                        .body("items.find { it.id == '" + reply + "' }.delivery", equalTo("WITHDRAWN")));
        publish(id, false);
    }

    @Test
    @Proves("R-6")
    void shouldShowAReportAndItsOutcome() {
        String id = routed();
        GoldenExample reported = example("ReviewReported");
        reported.data().put("ticketId", id);
        sender.send("reviews", "ReviewReported", review, 2, reported.data(), reported.personal());
        awaitNote(id, 1, "never placed");
        GoldenExample resolved = example("ReportResolved");
        resolved.data().put("ticketId", id).put("outcome", "DECLINED");
        sender.send("reviews", "ReportResolved", review, 3, resolved.data(), resolved.personal());
        awaitNote(id, 2, "the review stays");
    }

    private GoldenExample example(String type) {
        GoldenExample example = Contracts.example("reviews", type);
        example.data().put("reviewId", review.toString());
        return example;
    }

    private static void awaitNote(String id, int place, String text) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> alice().get("/api/v1/tickets/{id}/messages", id)
                        .then()
                        .body("items", hasSize(place + 1))
                        .body("items[" + place + "].kind", equalTo("NOTE"))
                        .body("items[" + place + "].bodyText", org.hamcrest.Matchers.containsString(text)));
    }

    @Test
    void shouldSayWhyAReviewGetsNoTicket() {
        data.put("departmentId", UUID.randomUUID().toString());
        sender.send("reviews", "ReviewRouted", review, 1, data, personal);

        EventCollector.Published refused = tickets.awaitType("ReviewTicketRefused", review);

        Contracts.assertMatches("tickets", "ReviewTicketRefused", refused.data(), refused.personal());
        assertThat(refused.data().path("reason").asText()).isEqualTo("DEPARTMENT_UNKNOWN");
    }
}
