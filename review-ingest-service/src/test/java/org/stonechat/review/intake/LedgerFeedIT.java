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
import org.stonechat.testing.EventSender;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.Contracts;
import org.stonechat.testing.contract.GoldenExample;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;

/// What was received, and what became of it, step by step.
@QuarkusTest
@WithRealParts
class LedgerFeedIT {

    private static final Instant NOON = Instant.parse("2026-03-05T12:00:00Z");
    private static final String LEDGER = "/api/v1/review-ledger";

    private TestDesk desk;
    private EventSender sender;

    @BeforeEach
    void open() {
        desk = new TestDesk();
        sender = EventSender.open();
    }

    @AfterEach
    void close() {
        sender.close();
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

        Map<String, Object> routed = entry("rev-bad", "ROUTED");
        assertThat(time(routed, "storedAt")).isAfterOrEqualTo(time(routed, "receivedAt"));
        assertThat(time(routed, "routedAt")).isAfterOrEqualTo(time(routed, "storedAt"));
        assertThat(routed.get("settledAt")).isNull();
        assertThat(routed).containsEntry("criterion", "Up to three stars");

        UUID ticket = UUID.randomUUID();
        GoldenExample created = Contracts.example("tickets", "TicketCreated", "review");
        created.data()
                .put("ticketId", ticket.toString())
                .put("reviewId", routed.get("reviewId").toString())
                .put("departmentId", desk.department.toString())
                .put("teamId", desk.team.toString());
        sender.send("tickets", "TicketCreated", ticket, 1, created.data(), created.personal());
        Map<String, Object> ticketed = entry("rev-bad", "TICKETED");
        assertThat(ticketed).containsEntry("ticketId", ticket.toString());
        assertThat(time(ticketed, "settledAt")).isAfterOrEqualTo(time(ticketed, "routedAt"));

        Map<String, Object> left = entry("rev-good", "NOT_TICKETED");
        assertThat(left.get("storedAt")).isNotNull();
        assertThat(left.get("routedAt")).isNull();
        assertThat(left.get("ticketId")).isNull();
        assertThat(left.get("reason").toString()).contains("Up to three stars (stars)");

        Map<String, Object> failed = entry("rev-odd", "FAILED");
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
            UUID id = desk.awaitReview(review);
            GoldenExample refused = Contracts.example("tickets", "ReviewTicketRefused");
            refused.data().put("reviewId", id.toString());
            sender.send("tickets", "ReviewTicketRefused", id, 1, refused.data(), refused.personal());
            assertThat(entry(review, "FAILED")).containsEntry("reason", "DEPARTMENT_INACTIVE");
        }

        TestDesk.post(
                        desk.lead,
                        LEDGER + "/reprocess",
                        Map.of("connectionId", desk.connection.toString(), "states", List.of("FAILED")))
                .then()
                .statusCode(202);

        for (String review : reviews) {
            assertThat(entry(review, "ROUTED").get("reason")).isNull();
        }
        assertThat(found("FAILED")).isEmpty();
    }

    private Map<String, Object> entry(String externalId, String state) {
        return desk.awaitEntry(externalId, found -> state.equals(found.get("state")));
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
