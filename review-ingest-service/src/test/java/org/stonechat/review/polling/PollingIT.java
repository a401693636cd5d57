package org.stonechat.review.polling;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.review.FakePlatform;
import org.stonechat.review.TestDesk;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;
import org.stonechat.testing.contract.Contracts;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@QuarkusTest
@WithRealParts
class PollingIT {

    private static final Instant NOON = Instant.parse("2026-03-05T12:00:00Z");

    private TestDesk desk;
    private EventCollector events;

    @BeforeEach
    void open() {
        desk = new TestDesk();
        events = EventCollector.on("reviews");
    }

    @AfterEach
    void close() {
        events.close();
        desk.close();
    }

    @Test
    @Proves({"R-1", "R-3", "R-4"})
    void shouldImportAReviewAndAskForATicketWhereACriterionWantsOne() {
        desk.platform.show(FakePlatform.review("rev-bad", 1.5, NOON));
        desk.connect();

        UUID review = desk.awaitReview("rev-bad");
        EventCollector.Published imported = events.awaitType("ReviewImported", review);
        EventCollector.Published routed = events.awaitType("ReviewRouted", review);

        Contracts.assertMatches("reviews", "ReviewImported", imported.data(), imported.personal());
        Contracts.assertMatches("reviews", "ReviewRouted", routed.data(), routed.personal());
        assertThat(imported.sequence()).isEqualTo(1);
        assertThat(routed.sequence()).isEqualTo(2);
        assertThat(routed.headers().get("ce_causationid"))
                .isEqualTo(imported.headers().get("ce_id"));
        assertThat(routed.data().path("teamId").asText()).isEqualTo(desk.team.toString());
        assertThat(routed.data().path("departmentId").asText()).isEqualTo(desk.department.toString());
        assertThat(routed.data().path("priority").asText()).isEqualTo("HIGH");
        assertThat(routed.data().path("criterionName").asText()).isEqualTo("Up to three stars");
        assertThat(routed.data().path("inboxUrl").asText()).isEqualTo("https://inbox.example/reviews/rev-bad");
        assertThat(routed.personal().path("orderReference").asText()).isEqualTo("NW-2026-00871");
        JsonPath shown = desk.review(review);
        assertThat(shown.getInt("review.stars")).isEqualTo(2);
        assertThat(shown.getString("authorEmail")).isEqualTo("petra@customers.example");
        assertThat(shown.getList("subRatings")).hasSize(2);
    }

    @Test
    @Proves("R-7")
    void shouldSayWhyAReviewMadeNoTicket() {
        desk.platform.show(FakePlatform.review("rev-good", 5, NOON));
        desk.platform.show(FakePlatform.review("rev-rejected", 1, NOON).put("state", "REJECTED"));
        desk.platform.show(FakePlatform.review("rev-odd", 1, NOON).put("rating", "excellent"));
        desk.connect();

        assertThat(settled("rev-good")).containsEntry("state", "NOT_TICKETED");
        assertThat(settled("rev-good").get("reason").toString()).contains("No criterion");
        assertThat(settled("rev-rejected").get("reason").toString()).contains("REJECTED");
        assertThat(settled("rev-odd")).containsEntry("state", "FAILED");
        assertThat(settled("rev-odd").get("reason").toString()).contains("rating");
    }

    @Test
    @Proves("R-2")
    void shouldStoreAReviewOnceHoweverOftenItIsSeen() {
        for (int minute = 0; minute < 7; minute++) {
            desk.platform.show(FakePlatform.review("rev-" + minute, 2, NOON.minusSeconds(60L * minute)));
        }
        desk.platform.pagesOf(3);
        desk.platform.doublePages();
        desk.connect();
        for (int minute = 0; minute < 7; minute++) {
            desk.awaitReview("rev-" + minute);
        }
        desk.awaitPolls(3);

        Set<String> reviews = new HashSet<>();
        desk.ledger().forEach(entry -> reviews.add(entry.get("reviewId").toString()));
        assertThat(desk.ledger()).hasSize(7);
        assertThat(reviews).hasSize(7);
        List<EventCollector.Published> published = events.all().stream()
                .filter(event -> reviews.contains(event.subject().toString()))
                .toList();
        assertThat(published.stream()
                        .filter(event -> event.type().equals("ReviewImported"))
                        .count())
                .isEqualTo(7);
        assertThat(published.stream()
                        .filter(event -> event.type().equals("ReviewRouted"))
                        .count())
                .isEqualTo(7);
        assertThat(published).hasSize(14);
    }

    @Test
    @Proves("R-2")
    void shouldMakeARevisionOfAnEditAndIgnoreWhatIsOlder() {
        desk.platform.show(FakePlatform.review("rev-1", 2, NOON));
        desk.connect();
        UUID review = desk.awaitReview("rev-1");

        desk.platform.edit("rev-1", "They called me. Still late.", NOON.plusSeconds(3600));
        EventCollector.Published revised = events.awaitType("ReviewRevised", review);
        Contracts.assertMatches("reviews", "ReviewRevised", revised.data(), revised.personal());
        assertThat(revised.data().path("revision").asInt()).isEqualTo(2);

        desk.platform.show(FakePlatform.review("rev-1", 2, NOON));
        desk.awaitPolls(2);
        JsonPath shown = desk.review(review);
        assertThat(shown.getInt("review.revision")).isEqualTo(2);
        assertThat(shown.getString("review.body")).isEqualTo("They called me. Still late.");
        assertThat(shown.getList("revisions.revision")).isEqualTo(List.of(2, 1));
    }

    @Test
    void shouldRouteAReviewThatBecomesBadByAnEdit() {
        desk.platform.show(FakePlatform.review("rev-1", 5, NOON));
        desk.connect();
        assertThat(settled("rev-1")).containsEntry("state", "NOT_TICKETED");

        ObjectNode worse = FakePlatform.review("rev-1", 1, NOON)
                .put("updatedAt", NOON.plusSeconds(60).toString());
        desk.platform.show(worse);

        desk.awaitEntry("rev-1", entry -> "ROUTED".equals(entry.get("state")));
        assertThat(events.awaitType("ReviewRouted", desk.awaitReview("rev-1"))
                        .data()
                        .path("stars")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void shouldFindNewReviewsAfterTheFirstWalkAndLeaveProductReviewsOutUnlessAsked() {
        desk.connect();
        desk.awaitPolls(1);
        desk.platform.show(FakePlatform.review("rev-new", 2, NOON));
        desk.platform.show(FakePlatform.fixture("product-review.json"));
        desk.awaitReview("rev-new");
        assertThat(desk.ledger()).hasSize(1);

        desk.put(desk.connectionRequest().put("productReviews", true)).then().statusCode(200);
        UUID product = desk.awaitReview("rev-product-1");
        assertThat(desk.review(product).getList("ofSameOrder.externalId")).isEqualTo(List.of("rev-new"));
    }

    @Test
    void shouldStayAwayForAsLongAsThePlatformAsks() {
        desk.platform.show(FakePlatform.review("rev-1", 2, NOON));
        desk.platform.answerOnce("GET", "/reviews", 429, Map.of("Retry-After", "2"));
        desk.connect();

        await().atMost(TestDesk.PATIENCE)
                .until(() -> desk.connectionView().getString("state").equals("FAILING"));
        assertThat(desk.connectionView().getString("stateReason")).contains("429");
        assertThat(desk.platform.count("GET", "/reviews?")).isEqualTo(1);
        desk.awaitReview("rev-1");
        await().atMost(TestDesk.PATIENCE)
                .until(() -> desk.connectionView().getString("state").equals("OK"));
    }

    @Test
    void shouldGetOverABadDayOfThePlatform() {
        desk.platform.show(FakePlatform.review("rev-1", 2, NOON));
        desk.platform.answerOnce("GET", "/reviews", 500);
        desk.platform.answerOnce("GET", "/reviews", 502);
        desk.connect();

        desk.awaitReview("rev-1");
        await().atMost(TestDesk.PATIENCE)
                .until(() -> desk.connectionView().getString("state").equals("OK"));
    }

    @Test
    void shouldFetchOneNewTokenWhenTheOldOneIsNoLongerAccepted() {
        desk.connect();
        desk.awaitPolls(1);
        assertThat(desk.platform.tokensIssued()).isEqualTo(1);

        desk.platform.revokeTokens();
        desk.platform.show(FakePlatform.review("rev-1", 2, NOON));

        desk.awaitReview("rev-1");
        assertThat(desk.platform.tokensIssued()).isEqualTo(2);
        assertThat(desk.connectionView().getString("state")).isEqualTo("OK");
    }

    @Test
    void shouldNotMakeTicketsOfReviewsFromBeforeTheirTime() {
        desk.platform.show(FakePlatform.review("rev-old", 1, NOON.minusSeconds(86400)));
        desk.platform.show(FakePlatform.review("rev-new", 1, NOON));
        desk.put(desk.connectionRequest()
                        .put("ticketsSince", NOON.minusSeconds(60).toString()))
                .then()
                .statusCode(201);

        assertThat(settled("rev-old")).containsEntry("state", "NOT_TICKETED");
        desk.awaitEntry("rev-new", entry -> "ROUTED".equals(entry.get("state")));
    }

    private Map<String, Object> settled(String externalId) {
        return desk.awaitEntry(externalId, entry -> entry.get("settledAt") != null);
    }
}
