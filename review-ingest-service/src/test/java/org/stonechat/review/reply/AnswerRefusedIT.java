package org.stonechat.review.reply;

import java.time.Instant;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.review.FakePlatform;
import org.stonechat.review.TestDesk;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.EventSender;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.testing.contract.GoldenExample;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/// What is written on a ticket and does not reach the platform.
@QuarkusTest
@WithRealParts
class AnswerRefusedIT {

    private static final Instant NOON = Instant.parse("2026-03-05T12:00:00Z");

    private final UUID ticket = UUID.randomUUID();
    private TestDesk desk;
    private EventCollector events;
    private EventSender sender;
    private UUID review;
    private long sequence;

    @BeforeEach
    void open() {
        desk = new TestDesk();
        events = EventCollector.on("reviews");
        sender = EventSender.open();
        desk.platform.show(FakePlatform.review("rev-1", 2, NOON));
        desk.connect();
        review = desk.awaitReview("rev-1");
    }

    @AfterEach
    void close() {
        sender.close();
        events.close();
        desk.close();
    }

    @Test
    @Proves({"R-2", "R-5"})
    void shouldSendNothingToAReviewThatIsShownNoLongerAndShowWhy() {
        desk.platform.change("rev-1", item -> item.put("state", "DISCARDED"));
        await().atMost(TestDesk.PATIENCE)
                .until(() -> desk.review(review).getString("review.state").equals("WITHDRAWN"));

        EventCollector.Published failed = outcome("ReviewReplyFailed", say("review", "We are sorry."));

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
        outcome("ReviewReplied", say("review", "We are sorry."));

        assertThat(desk.platform.published())
                .extracting(FakePlatform.Published::comment)
                .containsExactly("We are sorry.");
        assertThat(desk.review(review).getList("replies.messageId")).doesNotContain(note.toString());
    }

    private UUID say(String variant, String text) {
        UUID message = UUID.randomUUID();
        GoldenExample example = Contracts.example("tickets", "MessageAdded", variant);
        example.data()
                .put("ticketId", ticket.toString())
                .put("reviewId", review.toString())
                .put("messageId", message.toString());
        example.personal().put("bodyText", text);
        sender.send("tickets", "MessageAdded", ticket, ++sequence, example.data(), example.personal());
        return message;
    }

    private EventCollector.Published outcome(String type, UUID message) {
        return events.await(
                type + " of " + message,
                event -> event.type().equals(type)
                        && event.data().path("messageId").asText().equals(message.toString()));
    }
}
