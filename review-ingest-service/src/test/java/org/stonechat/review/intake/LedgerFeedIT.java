package org.stonechat.review.intake;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.review.FakePlatform;
import org.stonechat.review.TestDesk;
import org.stonechat.review.TestTicket;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.stonechat.review.FakePlatform.NOON;

/// What was received, and what became of it, step by step.
@QuarkusTest
@WithRealParts
class LedgerFeedIT {

    private static final String LEDGER = "/api/v1/review-ledger";

    private TestDesk desk;

    @BeforeEach
    void open() {
        desk = new TestDesk();
    }

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    @Proves("R-7")
    void shouldTellEachStepOfAReviewAndWhatDecidedIt() {
        desk.platform.show(FakePlatform.review("rev-bad", 2, NOON));
        desk.platform.show(FakePlatform.review("rev-good", 5, NOON.minusSeconds(60)));
        desk.platform.show(
                FakePlatform.review("rev-odd", 1, NOON.minusSeconds(120)).put("rating", "excellent"));
        desk.connect();

        Map<String, Object> routed = desk.awaitEntry("rev-bad", "ROUTED");
        assertThat(time(routed, "storedAt")).isAfterOrEqualTo(time(routed, "receivedAt"));
        assertThat(time(routed, "routedAt")).isAfterOrEqualTo(time(routed, "storedAt"));
        assertThat(routed.get("settledAt")).isNull();
        assertThat(routed).containsEntry("criterion", "Up to three stars");

        UUID review = UUID.fromString(routed.get("reviewId").toString());
        Map<String, Object> ticketed;
        try (TestTicket ticket = new TestTicket(review)) {
            ticket.created(desk);
            ticketed = desk.awaitEntry("rev-bad", "TICKETED");
            assertThat(ticketed).containsEntry("ticketId", ticket.id.toString());
        }
        assertThat(time(ticketed, "settledAt")).isAfterOrEqualTo(time(ticketed, "routedAt"));

        Map<String, Object> left = desk.awaitEntry("rev-good", "NOT_TICKETED");
        assertThat(left.get("storedAt")).isNotNull();
        assertThat(left.get("routedAt")).isNull();
        assertThat(left.get("ticketId")).isNull();
        assertThat(left.get("reason").toString()).contains("Up to three stars (stars)");

        Map<String, Object> failed = desk.awaitEntry("rev-odd", "FAILED");
        assertThat(failed.get("storedAt")).isNull();
        assertThat(failed.get("reviewId")).isNull();
        assertThat(failed.get("reason").toString()).contains("rating");

        assertThat(found("TICKETED")).containsExactly("rev-bad");
        assertThat(found("NOT_TICKETED")).containsExactly("rev-good");
        assertThat(found("FAILED")).containsExactly("rev-odd");
        assertThat(found("ROUTED")).isEmpty();
    }

    @Test
    @Proves("R-7")
    void shouldRouteAllThatWereRefusedAgainInOneGo() {
        List<String> reviews = List.of("rev-1", "rev-2", "rev-3");
        reviews.forEach(review -> desk.platform.show(FakePlatform.review(review, 2, NOON)));
        desk.connect();
        for (String review : reviews) {
            try (TestTicket none = new TestTicket(desk.awaitReview(review))) {
                none.refused();
            }
            assertThat(desk.awaitEntry(review, "FAILED")).containsEntry("reason", "DEPARTMENT_INACTIVE");
        }

        TestDesk.post(
                        desk.lead,
                        LEDGER + "/reprocess",
                        Map.of("connectionId", desk.connection.toString(), "states", List.of("FAILED")))
                .then()
                .statusCode(202);

        for (String review : reviews) {
            assertThat(desk.awaitEntry(review, "ROUTED").get("reason")).isNull();
        }
        assertThat(found("FAILED")).isEmpty();
    }

    private List<String> found(String state) {
        return TestDesk.get(desk.lead, LEDGER + "?connectionId=" + desk.connection + "&state=" + state)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.externalId");
    }

    private static Instant time(Map<String, Object> entry, String field) {
        return Instant.parse(entry.get(field).toString());
    }
}
