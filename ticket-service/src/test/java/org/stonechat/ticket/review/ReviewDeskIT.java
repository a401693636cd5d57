package org.stonechat.ticket.review;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.GoldenExample;
import org.stonechat.ticket.World;

import com.fasterxml.jackson.databind.node.ArrayNode;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.stonechat.ticket.World.LINDEN;
import static org.stonechat.ticket.World.alice;
import static org.stonechat.ticket.World.lena;
import static org.stonechat.ticket.World.max;
import static org.stonechat.ticket.World.person;

/// How a review's ticket looks, and how people work with it.
@QuarkusTest
@WithRealParts
class ReviewDeskIT {

    private RoutedTicket ticket;

    @BeforeEach
    void open() {
        World.setUp();
        ticket = new RoutedTicket();
    }

    @AfterEach
    void close() {
        ticket.close();
    }

    private static void withEveryRating(GoldenExample routed) {
        ArrayNode ratings = routed.data().putArray("subRatings");
        ratings.addObject().put("name", "delivery").put("rating", 1.0);
        ratings.addObject().put("name", "goods").put("rating", 3.0);
        ratings.addObject().put("name", "service").put("rating", 2.5);
    }

    @Test
    @Proves("R-4")
    void shouldShowAllThatIsKnownOfTheReview() {
        String id = ticket.route(ReviewDeskIT::withEveryRating);

        alice().get("/api/v1/tickets/{id}", id)
                .then()
                .statusCode(200)
                .body("review.id", equalTo(ticket.review.toString()))
                .body("review.stars", equalTo(2))
                .body("review.rating", equalTo(1.5f))
                .body("review.title", equalTo("Drei Wochen gewartet"))
                .body("review.text", containsString("niemand hat geantwortet"))
                .body("review.authorName", equalTo("Petra M."))
                .body("review.authorAddress", equalTo("petra@customers.example"))
                .body("review.orderReference", equalTo("NW-2026-00871"))
                .body("review.reviewedAt", equalTo("2026-03-03T07:55:00Z"))
                .body("review.sourceRef", equalTo("chl-northwind-0001"))
                .body("review.platform", equalTo("TRUSTED_SHOPS"))
                .body("review.subRatings.name", equalTo(List.of("delivery", "goods", "service")))
                .body("review.subRatings.rating", equalTo(List.of(1.0f, 3.0f, 2.5f)))
                .body(
                        "review.inboxUrl",
                        equalTo("https://inbox.reviews.example/r/rev-5f0c2a17-6b1e-4f0e-9a35-6d2f7c1be901"))
                .body("review.canMailCopy", equalTo(true))
                .body("requester.address", equalTo("petra@customers.example"));
    }

    @Test
    @Proves({"R-4", "T-5", "T-12", "T-14"})
    void shouldBeWorkedOnLikeAnyOtherTicket() {
        String id = ticket.route();
        alice().get("/api/v1/tickets?view=unassigned&limit=200").then().body("items.id", hasItem(id));

        alice().body(Map.of("agentId", person(1)))
                .put("/api/v1/tickets/{id}/assignment", id)
                .then()
                .statusCode(200)
                .body("stage.category", equalTo("OPEN"));
        alice().get("/api/v1/tickets?view=my-open&limit=200").then().body("items.id", hasItem(id));
        alice().body(Map.of("kind", "COMMENT", "bodyText", "I have called her."))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(201);
        String job = alice().body(Map.of(
                        "ticketIds",
                        List.of(id),
                        "change",
                        Map.of("patch", Map.of("priority", "URGENT"), "addTags", List.of("called"))))
                .post("/api/v1/bulk-jobs")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        Awaitility.await("the job")
                .atMost(RoutedTicket.PATIENCE)
                .untilAsserted(() -> alice().get("/api/v1/bulk-jobs/{id}", job)
                        .then()
                        .body("state", equalTo("DONE"))
                        .body("changed", equalTo(1)));
        alice().get("/api/v1/tickets/{id}", id)
                .then()
                .body("priority", equalTo("URGENT"))
                .body("tags", hasItem("called"));
        lena().body(Map.of("departmentId", LINDEN, "teamId", World.BRAND_CARE))
                .post("/api/v1/tickets/{id}/referral", id)
                .then()
                .statusCode(200);
        alice().get("/api/v1/tickets?view=my-open&limit=200").then().body("items.id", not(hasItem(id)));
        max().get("/api/v1/tickets?view=all-open&limit=200&stars=2").then().body("items.id", hasItem(id));
        max().body(Map.of("as", "SOLVED", "reason", "Settled on the telephone"))
                .post("/api/v1/tickets/{id}/closure", id)
                .then()
                .statusCode(200)
                .body("stage.category", equalTo("SOLVED"))
                .body("closeReason", equalTo("Settled on the telephone"))
                .body("review.stars", equalTo(2));
    }

    @Test
    @Proves("R-5")
    void shouldPublishNothingOfAnInternalNoteNorOfSolvingWithoutAnAnswer() {
        String id = ticket.route();
        String note = lena().body(Map.of("kind", "COMMENT", "bodyText", "A friend of the house.", "solve", true))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(201)
                .body("delivery", equalTo("NONE"))
                .body("mailCopy", equalTo(false))
                .extract()
                .path("id");
        EventCollector.Published added = ticket.tickets.await(
                "the note",
                event -> "MessageAdded".equals(event.type())
                        && note.equals(event.data().path("messageId").asText()));
        assertThat(added.data().path("deliverVia").isNull()).isTrue();
        assertThat(added.data().path("mailCopy").asBoolean()).isFalse();
        lena().body(Map.of("as", "SOLVED"))
                .post("/api/v1/tickets/{id}/closure", id)
                .then()
                .statusCode(200);

        assertThat(ticket.view().getBoolean("review.canReply")).isTrue();
        assertThat(ticket.tickets.all().stream()
                        .filter(event -> event.subject().toString().equals(id))
                        .filter(event ->
                                "REVIEW".equals(event.data().path("deliverVia").asText())))
                .isEmpty();
    }

    @Test
    @Proves("R-5")
    void shouldDiscardADraftAndPublishAnotherAnswer() {
        String id = ticket.route();
        String draft = lena().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "Not like this", "solve", false))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(201)
                .body("delivery", equalTo("DRAFT"))
                .extract()
                .path("id");
        lena().get("/api/v1/tickets/{id}", id).then().body("stage.category", not(equalTo("SOLVED")));

        lena().post("/api/v1/tickets/{id}/messages/{message}/withdrawal", id, draft)
                .then()
                .statusCode(200)
                .body("delivery", equalTo("WITHDRAWN"));

        String answer = ticket.answer(Map.of());
        assertThat(ticket.message(answer).getString("delivery")).isEqualTo("QUEUED");
        assertThat(ticket.message(draft).getString("deliverVia")).isNull();
    }

    @Test
    @Proves("R-5")
    void shouldShowThatThePlatformRejectedAnAnswerAfterwardsAndTakeAnother() {
        ticket.route();
        String answer = ticket.answer(Map.of());
        ticket.replied(answer, false);
        ticket.await(
                "the publication",
                () -> "PUBLISHED".equals(ticket.message(answer).getString("delivery")));

        assertThat(ticket.view().getString("review.replyUrl")).isNotNull();

        ticket.tell(
                "ReviewReplyFailed",
                data -> data.put("messageId", answer).put("reason", "REJECTED").put("retrying", false));

        ticket.await(
                "the rejection", () -> "FAILED".equals(ticket.message(answer).getString("delivery")));
        assertThat(ticket.message(answer).getString("deliveryReason")).isEqualTo("REJECTED");
        assertThat(ticket.view().getString("review.replyUrl")).isNull();
        String better = ticket.answer(Map.of("bodyText", "In better words."));
        assertThat(ticket.message(better).getString("delivery")).isEqualTo("QUEUED");
    }

    @Test
    @Proves("R-5")
    void shouldHaveAFailedAnswerTriedAgainUnderTheSameId() {
        String id = ticket.route();
        String answer = ticket.answer(Map.of());
        ticket.tell(
                "ReviewReplyFailed",
                data -> data.put("messageId", answer).put("reason", "FORBIDDEN").put("retrying", false));
        ticket.await("the failure", () -> "FAILED".equals(ticket.message(answer).getString("delivery")));

        lena().post("/api/v1/tickets/{id}/messages/{message}/retry", id, answer)
                .then()
                .statusCode(200)
                .body("delivery", equalTo("QUEUED"));

        EventCollector.Published again = ticket.about("MessageDeliveryChanged", answer, "QUEUED");
        assertThat(again.data().path("from").asText()).isEqualTo("FAILED");
        assertThat(again.data().path("deliverVia").asText()).isEqualTo("REVIEW");
        assertThat(again.data().path("reviewId").asText()).isEqualTo(ticket.review.toString());
        ticket.replied(answer, false);
        ticket.await(
                "the publication",
                () -> "PUBLISHED".equals(ticket.message(answer).getString("delivery")));
    }

    /// The second time it would publish an answer again that the platform has removed since.
    @Test
    void shouldNoteOnceThatAnAnswerIsPublishedHoweverOftenItIsTold() {
        String id = ticket.route();
        String answer = ticket.answer(Map.of());
        RoutedTicket.Told replied = ticket.replied(answer, true);
        ticket.await(
                "the publication",
                () -> "PUBLISHED".equals(ticket.message(answer).getString("delivery")));
        ticket.tell("ReviewReplyRemoved", data -> data.put("messageId", answer).put("elsewhere", false));
        ticket.await(
                "the removal", () -> "WITHDRAWN".equals(ticket.message(answer).getString("delivery")));

        replied.again();

        // Once this is seen, what was told before it is too.
        ticket.tell("ReviewReported", data -> {});
        ticket.await(
                "the report",
                () -> lena()
                        .get("/api/v1/tickets/{id}/messages?limit=200", id)
                        .jsonPath()
                        .getList("items.bodyText", String.class)
                        .stream()
                        .anyMatch(text -> text.contains("never placed")));
        lena().get("/api/v1/tickets/{id}/history?limit=200&type=MessageDeliveryChanged", id)
                .then()
                .statusCode(200)
                .body("items.details.to", equalTo(List.of("PUBLISHED", "WITHDRAWN")));
        lena().get("/api/v1/tickets/{id}/history?limit=200&type=MailCopyChanged", id)
                .then()
                .statusCode(200)
                .body("items.details.to", equalTo(List.of("QUEUED")));
        assertThat(ticket.view().getBoolean("review.canReply")).isTrue();
        assertThat(ticket.message(answer).getString("delivery")).isEqualTo("WITHDRAWN");
    }

    @Test
    @Proves("R-2")
    void shouldComeBackWhenTheReviewIsWithdrawnAndTheConnectionSaysSo() {
        comesBackAfter("ReviewWithdrawn");
        assertThat(ticket.view().getBoolean("review.canReply")).isFalse();
    }

    @Test
    @Proves("R-2")
    void shouldComeBackWhenSomebodyAnsweredElsewhereAndTheConnectionSaysSo() {
        comesBackAfter("ReviewAnsweredElsewhere");
        assertThat(ticket.view().getBoolean("review.canReply")).isFalse();
    }

    private void comesBackAfter(String type) {
        String id = ticket.route();
        lena().body(Map.of("as", "SOLVED"))
                .post("/api/v1/tickets/{id}/closure", id)
                .then()
                .statusCode(200);

        ticket.tell(type, data -> data.put("reopen", true));

        ticket.await(
                "the ticket to come back", () -> "OPEN".equals(ticket.view().getString("stage.category")));
    }

    @Test
    @Proves({"R-2", "R-5"})
    void shouldKeepAWithdrawnReviewsAnswerFromThePlatform() {
        String id = ticket.route();
        ticket.tell("ReviewWithdrawn", data -> data.put("reopen", false));
        ticket.await("the withdrawal", () -> !ticket.view().getBoolean("review.canReply"));

        lena().body(Map.of("kind", "PUBLIC_REPLY", "bodyText", "Too late", "solve", true))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(409)
                .body("code", equalTo("review-not-answerable"));
        lena().body(Map.of("kind", "COMMENT", "bodyText", "She has taken it down."))
                .post("/api/v1/tickets/{id}/messages", id)
                .then()
                .statusCode(201);
        assertThat(UUID.fromString(ticket.view().getString("review.id"))).isEqualTo(ticket.review);
    }
}
