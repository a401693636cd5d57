package org.stonechat.review.reply;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.review.FakePlatform;
import org.stonechat.review.TestDesk;
import org.stonechat.review.TestTicket;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.testing.contract.GoldenExample;

import io.quarkus.test.junit.QuarkusTest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.stonechat.review.FakePlatform.NOON;

@QuarkusTest
@WithRealParts
class ReplyIT {

    private static final String SORRY = "We are sorry.\nIt will not happen again.";

    private TestDesk desk;
    private UUID review;
    private TestTicket ticket;

    @BeforeEach
    void open() {
        desk = new TestDesk();
        desk.platform.show(FakePlatform.review("rev-1", 2, NOON));
        desk.connect();
        review = desk.awaitReview("rev-1");
        ticket = new TestTicket(review);
    }

    @AfterEach
    void close() {
        ticket.close();
        desk.close();
    }

    @Test
    @Proves("R-5")
    void shouldPublishAnAnswerWithItsMailCopyAndSaySo() {
        UUID message = answer(SORRY, true);

        EventCollector.Published replied = ticket.outcome("ReviewReplied", message);
        Contracts.assertMatchesErased("reviews", "ReviewReplied", replied.data(), replied.personal());
        assertThat(replied.data().path("ticketId").asText()).isEqualTo(ticket.id.toString());
        assertThat(replied.data().path("mailCopyOwed").asBoolean()).isFalse();
        assertThat(desk.platform.published()).containsExactly(new FakePlatform.Published("rev-1", SORRY, true));
        assertThat(desk.review(review).getString("replies[0].state")).isEqualTo("PUBLISHED");
        assertThat(desk.review(review).getBoolean("review.answered")).isTrue();
    }

    @Test
    @Proves("R-5")
    void shouldLetTheMailCopyBeSwitchedOff() {
        ticket.outcome("ReviewReplied", answer(SORRY, false));

        assertThat(desk.platform.published().getFirst().mailed()).isFalse();
    }

    @Test
    @Proves("R-5")
    void shouldNotSendTwiceWhenThePlatformStoredTheAnswerAndThenFailed() {
        desk.platform.doAndAnswerOnce("POST", "/reply", 500);

        ticket.outcome("ReviewReplied", answer(SORRY, true));

        assertThat(desk.platform.count("POST", "/reply")).isEqualTo(1);
        assertThat(desk.platform.published()).hasSize(1);
    }

    @Test
    @Proves("R-5")
    void shouldTryAgainWhenThePlatformDidNotStoreTheAnswer() {
        desk.platform.answerOnce("POST", "/reply", 503);
        desk.platform.answerOnce("POST", "/reply", 429, Map.of("Retry-After", "1"));

        ticket.outcome("ReviewReplied", answer(SORRY, true));

        assertThat(desk.platform.published()).hasSize(1);
    }

    @Test
    void shouldPublishWithAFreshTokenWhenTheOldOneHasExpired() {
        desk.awaitPolls(1);
        desk.platform.revokeTokens();

        ticket.outcome("ReviewReplied", answer(SORRY, true));

        assertThat(desk.platform.published()).hasSize(1);
        assertThat(desk.connectionView().getString("state")).isEqualTo("OK");
    }

    @Test
    @Proves("R-5")
    void shouldRefuseAnAnswerThatIsTooLongBeforeItIsSent() {
        UUID message = answer("x".repeat(4001), true);

        EventCollector.Published failed = ticket.outcome("ReviewReplyFailed", message);
        Contracts.assertMatchesErased("reviews", "ReviewReplyFailed", failed.data(), failed.personal());
        assertThat(failed.data().path("reason").asText()).isEqualTo("TOO_LONG");
        assertThat(failed.data().path("detail").asText()).contains("4001").contains("4000");
        assertThat(desk.platform.count("POST", "/reply")).isZero();
    }

    @Test
    @Proves("R-5")
    void shouldSayWhenThePlatformRefusesForGoodAndTakeTheNextAnswer() {
        desk.platform.answerOnce("POST", "/reply", 403);
        EventCollector.Published failed = ticket.outcome("ReviewReplyFailed", answer("First try", true));
        assertThat(failed.data().path("reason").asText()).isEqualTo("FORBIDDEN");

        ticket.outcome("ReviewReplied", answer("Second try", true));

        assertThat(desk.platform.published())
                .extracting(FakePlatform.Published::comment)
                .containsExactly("Second try");
    }

    @Test
    @Proves({"R-5", "T-8"})
    void shouldTryTheSameAnswerAgainWhenSomebodyAsksForItAndLookFirst() {
        desk.platform.answerOnce("POST", "/reply", 403);
        UUID message = answer(SORRY, true);
        ticket.outcome("ReviewReplyFailed", message);

        GoldenExample again = ticket.example("MessageDeliveryChanged", "failed");
        again.data()
                .put("messageId", message.toString())
                .put("deliverVia", "REVIEW")
                .put("from", "FAILED")
                .put("to", "QUEUED")
                .putNull("reason");
        ticket.tell(again);

        ticket.outcome("ReviewReplied", message);
        assertThat(desk.platform.published())
                .extracting(FakePlatform.Published::comment)
                .containsExactly(SORRY);
    }

    @Test
    void shouldKeepToOneAnswerPerReview() {
        ticket.outcome("ReviewReplied", answer(SORRY, true));

        EventCollector.Published failed = ticket.outcome("ReviewReplyFailed", answer("Another one", true));

        assertThat(failed.data().path("reason").asText()).isEqualTo("ALREADY_ANSWERED");
        assertThat(desk.platform.published()).hasSize(1);
    }

    @Test
    @Proves("R-5")
    void shouldDoNothingTheSecondTimeAMessageArrives() {
        GoldenExample answer = ticket.message("review", SORRY);
        ticket.tell(answer);
        ticket.again(answer);
        ticket.tell(answer);
        ticket.outcome("ReviewReplied", TestTicket.idOf(answer));
        ticket.outcome("ReviewReplyFailed", answer("One more, to know that all the others are done with", true));

        assertThat(desk.platform.published()).hasSize(1);
        assertThat(all("ReviewReplied")).hasSize(1);
    }

    @Test
    @Proves("R-5")
    void shouldNotPublishWhatStaysInside() {
        GoldenExample draft = ticket.message("review", "Draft");
        draft.data().putNull("deliverVia");
        ticket.tell(draft);
        ticket.outcome("ReviewReplied", answer(SORRY, true));

        assertThat(desk.platform.published())
                .extracting(FakePlatform.Published::comment)
                .containsExactly(SORRY);
    }

    @Test
    void shouldNotAnswerOnTopOfAnAnswerGivenOnThePlatform() {
        desk.platform.show(FakePlatform.review("rev-1", 2, NOON)
                .put("updatedAt", NOON.plusSeconds(60).toString())
                .set("reply", FakePlatform.fixture("product-review.json").path("reply")));
        await().atMost(TestDesk.PATIENCE).until(() -> desk.review(review).getBoolean("review.answered"));

        EventCollector.Published failed = ticket.outcome("ReviewReplyFailed", answer(SORRY, true));

        assertThat(failed.data().path("reason").asText()).isEqualTo("ALREADY_ANSWERED");
        assertThat(desk.platform.count("POST", "/reply")).isZero();
    }

    @Test
    @Proves("R-5")
    void shouldTakeAnAnswerBackAndTakeAnotherAfterwards() {
        UUID message = answer(SORRY, true);
        ticket.outcome("ReviewReplied", message);

        remove(desk.agent).then().statusCode(202);

        EventCollector.Published removed = ticket.outcome("ReviewReplyRemoved", message);
        Contracts.assertMatchesErased("reviews", "ReviewReplyRemoved", removed.data(), removed.personal());
        assertThat(removed.data().path("elsewhere").asBoolean()).isFalse();
        assertThat(desk.platform.count("DELETE", "/reply")).isEqualTo(1);
        assertThat(desk.review(review).getBoolean("review.answered")).isFalse();
        assertThat(desk.review(review).getString("replies[0].state")).isEqualTo("REMOVED");
        remove(desk.agent).then().statusCode(409).body("code", equalTo("review-not-answered"));

        ticket.outcome("ReviewReplied", answer("Better words", true));
        assertThat(desk.platform.published())
                .extracting(FakePlatform.Published::comment)
                .containsExactly(SORRY, "Better words");
    }

    @Test
    void shouldTakeAnAnswerBackThoughThePlatformFailsFirst() {
        UUID message = answer(SORRY, true);
        ticket.outcome("ReviewReplied", message);
        desk.platform.doAndAnswerOnce("DELETE", "/reply", 500);

        remove(desk.agent).then().statusCode(202);

        ticket.outcome("ReviewReplyRemoved", message);
        assertThat(all("ReviewReplyRemoved")).hasSize(1);
    }

    @Test
    @Proves("G-4")
    void shouldLetOnlyThoseTakeAnAnswerBackWhoSeeTheReview() {
        given().delete("/api/v1/reviews/" + review + "/reply").then().statusCode(401);
        remove(Tokens.of("carl").role("customer").build()).then().statusCode(403);
        remove(desk.stranger).then().statusCode(404);
    }

    @Test
    @Proves({"R-2", "R-5"})
    void shouldSayWhenSomebodyAnsweredOnThePlatformItselfAndWhenThatAnswerGoes() {
        desk.platform.change("rev-1", item -> item.putObject("reply").put("comment", "Answered over there"));

        EventCollector.Published answered = ticket.reviews.awaitType("ReviewAnsweredElsewhere", review);
        Contracts.assertMatches("reviews", "ReviewAnsweredElsewhere", answered.data(), answered.personal());
        assertThat(answered.personal().path("text").asText()).isEqualTo("Answered over there");
        assertThat(desk.review(review).getString("publicReply.text")).isEqualTo("Answered over there");

        desk.platform.change("rev-1", item -> item.remove("reply"));

        EventCollector.Published removed = ticket.reviews.awaitType("ReviewReplyRemoved", review);
        assertThat(removed.data().path("elsewhere").asBoolean()).isTrue();
        assertThat(removed.data().path("messageId").isNull()).isTrue();
        ticket.outcome("ReviewReplied", answer(SORRY, true));
        assertThat(all("ReviewAnsweredElsewhere")).hasSize(1);
    }

    @Test
    @Proves("R-5")
    void shouldNoticeThatOurAnswerWasRemovedOnThePlatform() {
        UUID message = answer(SORRY, true);
        ticket.outcome("ReviewReplied", message);

        desk.platform.change("rev-1", item -> item.remove("reply"));

        assertThat(ticket.outcome("ReviewReplyRemoved", message)
                        .data()
                        .path("elsewhere")
                        .asBoolean())
                .isTrue();
        assertThat(desk.review(review).getString("replies[0].state")).isEqualTo("REMOVED");
    }

    private io.restassured.response.Response remove(String token) {
        return given().auth().oauth2(token).delete("/api/v1/reviews/" + review + "/reply");
    }

    private UUID answer(String text, boolean mailCopy) {
        GoldenExample answer = ticket.message("review", text);
        answer.data().put("mailCopy", mailCopy);
        ticket.tell(answer);
        return TestTicket.idOf(answer);
    }

    private List<EventCollector.Published> all(String type) {
        return ticket.reviews.all().stream()
                .filter(event -> event.subject().equals(review) && event.type().equals(type))
                .toList();
    }
}
