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

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.stonechat.review.FakePlatform.NOON;

@QuarkusTest
@WithRealParts
class PollingIT {

    @jakarta.inject.Inject
    javax.sql.DataSource dataSource;

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
        reviews.forEach(review -> events.awaitType("ReviewRouted", UUID.fromString(review)));
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
    @Proves({"R-2", "R-3"})
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
    @Proves({"R-3", "R-4"})
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
    @Proves("R-3")
    void shouldSendEachReviewWhereTheFirstCriterionThatMatchesSays() {
        ObjectNode silent = FakePlatform.review("rev-silent", 5, NOON);
        silent.putNull("title").put("comment", "");
        ObjectNode lamp = FakePlatform.fixture("product-review.json")
                .put("id", "rev-lamp")
                .put("state", "APPROVED");
        ObjectNode dutch = FakePlatform.review("rev-dutch", 5, NOON);
        dutch.withObjectProperty("questionnaire").put("locale", "nl_BE");
        ObjectNode elsewhere = FakePlatform.review("rev-elsewhere", 5, NOON).put("channelRef", "chl-second");
        ObjectNode worst = FakePlatform.review("rev-worst", 1, NOON);
        worst.withObjectProperty("questionnaire").put("locale", "nl_NL");
        for (ObjectNode review : List.of(silent, lamp, dutch, elsewhere, worst)) {
            desk.platform.show(review);
        }
        ObjectNode request = desk.connectionRequest().put("productReviews", true);
        ArrayNode criteria = request.putArray("criteria");
        UUID queue = UUID.randomUUID();
        criterion(criteria, "stars")
                .put("maxStars", 1)
                .put("priority", "URGENT")
                .putArray("tags")
                .add("urgent");
        criterion(criteria, "language").putArray("languages").add("nl");
        criterion(criteria, "product").putArray("skus").add("LAMP-7");
        criterion(criteria, "channel").putArray("channels").add("chl-second");
        criterion(criteria, "no text").put("hasText", false).put("queueId", queue.toString());
        desk.put(request).then().statusCode(201);

        assertThat(criterionOf("rev-worst")).isEqualTo("stars");
        assertThat(criterionOf("rev-dutch")).isEqualTo("language");
        assertThat(criterionOf("rev-lamp")).isEqualTo("product");
        assertThat(criterionOf("rev-elsewhere")).isEqualTo("channel");
        assertThat(criterionOf("rev-silent")).isEqualTo("no text");
        EventCollector.Published urgent = events.awaitType("ReviewRouted", desk.awaitReview("rev-worst"));
        assertThat(urgent.data().path("priority").asText()).isEqualTo("URGENT");
        assertThat(urgent.data().path("tags").path(0).asText()).isEqualTo("urgent");
        assertThat(events.awaitType("ReviewRouted", desk.awaitReview("rev-silent"))
                        .data()
                        .path("queueId")
                        .asText())
                .isEqualTo(queue.toString());
    }

    private static ObjectNode criterion(ArrayNode criteria, String name) {
        return criteria.addObject().put("name", name);
    }

    private Object criterionOf(String externalId) {
        return desk.awaitEntry(externalId, entry -> entry.get("criterion") != null)
                .get("criterion");
    }

    @Test
    void shouldStayAwayForAsLongAsThePlatformAsks() {
        desk.platform.show(FakePlatform.review("rev-1", 2, NOON));
        desk.platform.answerOnce("GET", "/reviews", 429, Map.of("Retry-After", "8"));
        desk.connect();

        await().atMost(TestDesk.PATIENCE)
                .until(() -> desk.connectionView().getString("state").equals("FAILING"));
        assertThat(desk.connectionView().getString("stateReason")).contains("429");
        // The first walk begins by asking how many there are, and that was refused already.
        assertThat(desk.platform.count("GET", "/reviews")).isEqualTo(1);
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
    @Proves("R-1")
    void shouldGetOverAnswersThatBreakOffInTheMiddleOfTheirJson() {
        desk.platform.show(FakePlatform.review("rev-1", 2, NOON));
        desk.platform.breakOffOnce("GET", "/reviews/count");
        desk.platform.breakOffOnce("GET", "/reviews");
        desk.connect();

        desk.awaitReview("rev-1");
        await().atMost(TestDesk.PATIENCE)
                .until(() -> desk.connectionView().getString("state").equals("OK"));
        assertThat(desk.ledger()).hasSize(1);
    }

    @Test
    @Proves({"R-1", "R-2"})
    void shouldMissNothingWherePagesComeInTheWrongOrderAndReviewsComeInBetween() {
        for (int minute = 0; minute < 9; minute++) {
            desk.platform.show(FakePlatform.review("rev-" + minute, 2, NOON.minusSeconds(60L * minute)));
        }
        desk.platform.pagesOf(2);
        desk.platform.reorderPages();
        desk.platform.doublePages();
        // One becomes the first of all while the second page is read, and one belongs behind pages that are read.
        desk.platform.comesWhilePaging(FakePlatform.review("rev-first", 2, NOON.plusSeconds(60)));
        desk.platform.comesWhilePaging(FakePlatform.review("rev-behind", 2, NOON.minusSeconds(30)));
        desk.connect();

        for (int minute = 0; minute < 9; minute++) {
            desk.awaitReview("rev-" + minute);
        }
        desk.awaitReview("rev-first");
        desk.awaitReview("rev-behind");
        desk.awaitPolls(2);
        assertThat(desk.ledger()).hasSize(11);
        desk.reconciliation().body("missing", equalTo(0));
    }

    @Test
    @Proves({"R-1", "R-4"})
    void shouldTakeTheLongestAndStrangestTextsOfAPlatform() {
        String rightToLeft = "بسته هیچ‌وقت نرسید \u202e" + "و کسی جواب نداد. ".repeat(20);
        desk.platform.show(FakePlatform.review("rev-long", 2, NOON).put("comment", "y".repeat(65_000)));
        desk.platform.show(FakePlatform.review("rev-emoji", 2, NOON).put("comment", "👍🏽".repeat(900)));
        desk.platform.show(FakePlatform.review("rev-rtl", 2, NOON).put("comment", rightToLeft));
        desk.platform.show(FakePlatform.review("rev-nul", 2, NOON).put("comment", "a\u0000b\ud800c"));
        desk.platform.show(
                FakePlatform.review("rev-html", 2, NOON).put("comment", "<script>alert(1)</script><b>bold</b>"));
        desk.connect();

        assertThat(body("rev-long")).matches("y+…");
        assertThat(body("rev-emoji")).isEqualTo("👍🏽".repeat(900));
        assertThat(body("rev-rtl")).isEqualTo(rightToLeft.strip());
        assertThat(body("rev-nul")).startsWith("a").endsWith("c").doesNotContain("\u0000");
        assertThat(body("rev-html")).contains("<script>");
        assertThat(desk.connectionView().getString("state")).isEqualTo("OK");
    }

    private String body(String externalId) {
        return desk.review(desk.awaitReview(externalId)).getString("review.body");
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

    @Test
    @Proves("R-2")
    void shouldKeepAWithdrawnReviewAndSayThatItCannotBeAnswered() {
        desk.platform.show(FakePlatform.review("rev-1", 2, NOON));
        desk.connect();
        UUID review = desk.awaitReview("rev-1");

        desk.platform.change("rev-1", item -> item.put("state", "DISCARDED"));

        EventCollector.Published withdrawn = events.awaitType("ReviewWithdrawn", review);
        Contracts.assertMatches("reviews", "ReviewWithdrawn", withdrawn.data(), withdrawn.personal());
        assertThat(withdrawn.data().path("state").asText()).isEqualTo("WITHDRAWN");
        assertThat(withdrawn.data().path("canReply").asBoolean()).isFalse();
        assertThat(desk.review(review).getString("review.state")).isEqualTo("WITHDRAWN");

        desk.platform.change("rev-1", item -> item.put("state", "APPROVED"));

        EventCollector.Published back = events.awaitType("ReviewRevised", review);
        assertThat(back.data().path("canReply").asBoolean()).isTrue();
        assertThat(back.data().path("revision").asInt()).isEqualTo(3);
    }

    @Test
    @Proves("R-2")
    void shouldTakeAbsenceForWithdrawalOnlyAfterAskingForTheReviewItself() {
        desk.platform.show(FakePlatform.review("rev-1", 2, NOON));
        desk.platform.show(FakePlatform.review("rev-2", 2, NOON));
        desk.connect();
        UUID gone = desk.awaitReview("rev-1");
        desk.awaitReview("rev-2");

        ObjectNode vanished = desk.platform.vanish("rev-1");
        desk.awaitPolls(2);
        assertThat(desk.review(gone).getString("review.state")).isEqualTo("PUBLISHED");
        readEverything();

        events.awaitType("ReviewWithdrawn", gone);
        desk.reconciliation().body("missing", equalTo(0));
        desk.platform.show(vanished);
        events.awaitType("ReviewRevised", gone);
        assertThat(desk.review(gone).getString("review.state")).isEqualTo("PUBLISHED");
    }

    @Test
    @Proves("R-1")
    void shouldCostOneRequestWhenThereIsNothingNew() {
        for (int minute = 0; minute < 7; minute++) {
            desk.platform.show(FakePlatform.review("rev-" + minute, 2, NOON.minusSeconds(3600L * minute)));
        }
        desk.platform.pagesOf(3);
        desk.put(desk.connectionRequest().put("pollInterval", "PT1H")).then().statusCode(201);
        awaitSuccessAfter(null);
        String before = desk.progress().getString("succeededAt");
        List<String> requests = desk.platform.requests();

        TestDesk.post(desk.admin, desk.path("/pause")).then().statusCode(200);
        TestDesk.post(desk.admin, desk.path("/resume")).then().statusCode(200);
        awaitSuccessAfter(before);

        List<String> later = desk.platform.requests();
        assertThat(later.subList(requests.size(), later.size()))
                .singleElement()
                .asString()
                .startsWith("GET /reviews?")
                .contains("orderBy=updatedAt");
        assertThat(desk.progress().getString("lastWalkReviews")).isEqualTo("3");
        assertThat(desk.progress().getString("walk")).isNull();
    }

    @Test
    @Proves("R-1")
    void shouldGoOnWhereAProcessStoppedThatDiedWithItsLease() throws Exception {
        desk.platform.show(FakePlatform.review("rev-1", 2, NOON));
        desk.put(desk.connectionRequest().put("pollInterval", "PT1H")).then().statusCode(201);
        awaitSuccessAfter(null);
        String before = desk.progress().getString("succeededAt");
        desk.platform.show(FakePlatform.review("rev-2", 2, NOON.plusSeconds(60)));

        // Another replica holds the poll, and is dead: nobody else touches it until its lease has run out.
        Instant leased = Instant.now();
        lease("now() + interval '4 seconds'");
        awaitSuccessAfter(before);

        assertThat(java.time.Duration.between(leased, Instant.now())).isGreaterThan(java.time.Duration.ofSeconds(3));
        desk.awaitReview("rev-2");
    }

    private void lease(String until) throws java.sql.SQLException {
        try (java.sql.Connection connection = dataSource.getConnection();
                java.sql.PreparedStatement update = connection.prepareStatement(
                        "update due_work set due_at = now(), attempt = 1, lease_owner = gen_random_uuid(), lease_until = "
                                + until
                                + " where kind = 'poll-connection' and subject = ? and state = 'OPEN'")) {
            update.setString(1, desk.connection.toString());
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    private void awaitSuccessAfter(String before) {
        await().atMost(TestDesk.PATIENCE)
                .until(() -> desk.progress().getString("succeededAt"), now -> now != null && !now.equals(before));
    }

    private void readEverything() {
        desk.put(desk.connectionRequest().put("productReviews", true)).then().statusCode(200);
    }

    private Map<String, Object> settled(String externalId) {
        return desk.awaitEntry(externalId, entry -> entry.get("settledAt") != null);
    }
}
