package org.stonechat.review.reply;

import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.review.FakePlatform;
import org.stonechat.review.TestDesk;
import org.stonechat.review.TestTicket;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.GoldenExample;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.stonechat.review.FakePlatform.NOON;

/// What is written on a ticket and does not reach the platform.
@QuarkusTest
@WithRealParts
class AnswerRefusedIT {

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
    @Proves({"R-2", "R-5"})
    void shouldSendNothingToAReviewThatIsShownNoLongerAndShowWhy() {
        desk.platform.change("rev-1", item -> item.put("state", "DISCARDED"));
        await().atMost(TestDesk.PATIENCE)
                .until(() -> desk.review(review).getString("review.state").equals("WITHDRAWN"));

        EventCollector.Published failed = ticket.outcome("ReviewReplyFailed", say("review", "We are sorry."));

        assertThat(failed.data().path("reason").asText()).isEqualTo("NOT_SHOWN");
        assertThat(failed.data().path("retrying").asBoolean()).isFalse();
        assertThat(desk.platform.count("POST", "/reply")).isZero();
        JsonPath shown = desk.review(review);
        assertThat(shown.getString("replies[0].state")).isEqualTo("FAILED");
        assertThat(shown.getString("replies[0].reason")).contains("no longer shows");
    }

    @Test
    @Proves("R-5")
    void shouldPublishNoInternalNote() {
        UUID note = say("comment", "She is a friend of the house.");
        // Answers of one ticket are taken in order: once this one is out, the note was looked at.
        ticket.outcome("ReviewReplied", say("review", "We are sorry."));

        assertThat(desk.platform.published())
                .extracting(FakePlatform.Published::comment)
                .containsExactly("We are sorry.");
        assertThat(desk.review(review).getList("replies.messageId")).doesNotContain(note.toString());
    }

    private UUID say(String variant, String text) {
        GoldenExample message = ticket.message(variant, text);
        ticket.tell(message);
        return TestTicket.idOf(message);
    }
}
