package org.stonechat.review.connection;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.review.FakePlatform;
import org.stonechat.review.TestDesk;
import org.stonechat.testing.EventCollector;
import org.stonechat.testing.Proves;
import org.stonechat.testing.Tokens;
import org.stonechat.testing.WithRealParts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.stonechat.review.FakePlatform.NOON;

/// Which reviews become tickets, and where these go, in the ways that the other tests of criteria leave out.
@QuarkusTest
@WithRealParts
class CriteriaIT {

    private final UUID elsewhere = UUID.randomUUID();
    private final UUID team = UUID.randomUUID();
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
    @Proves("R-3")
    void shouldSendAKindOfReviewsToADepartmentOfTheirOwn() {
        desk.platform.show(FakePlatform.fixture("product-review.json")
                .put("id", "rev-lamp")
                .put("state", "APPROVED"));
        desk.platform.show(FakePlatform.review("rev-shop", 5, NOON));
        desk.put(request()).then().statusCode(201);

        EventCollector.Published routed = events.await(
                "the ticket that is wanted for the product",
                event -> event.type().equals("ReviewRouted")
                        && event.data().path("connectionId").asText().equals(desk.connection.toString())
                        && event.data().path("externalId").asText().equals("rev-lamp"));
        UUID lamp = routed.subject();
        assertThat(routed.data().path("criterionName").asText()).isEqualTo("Products");
        assertThat(routed.data().path("kind").asText()).isEqualTo("PRODUCT");
        assertThat(routed.data().path("departmentId").asText()).isEqualTo(elsewhere.toString());
        assertThat(routed.data().path("teamId").asText()).isEqualTo(team.toString());
        assertThat(routed.data().path("priority").asText()).isEqualTo("LOW");
        assertThat(routed.data().path("tags")).extracting(tag -> tag.asText()).containsExactly("product", "lamp");
        String newLead = Tokens.of("nora").role("lead").department(elsewhere).build();
        TestDesk.get(newLead, "/api/v1/reviews/" + lamp).then().statusCode(200);
        TestDesk.get(newLead, "/api/v1/review-ledger?state=ROUTED")
                .then()
                .statusCode(200)
                .body("items.externalId", equalTo(List.of("rev-lamp")));
        TestDesk.get(desk.lead, "/api/v1/reviews/" + lamp).then().statusCode(404);

        UUID shop = desk.awaitReview("rev-shop");
        EventCollector.Published praise = events.awaitType("ReviewRouted", shop);
        assertThat(praise.data().path("criterionName").asText()).isEqualTo("Praise in words");
        assertThat(praise.data().path("departmentId").asText()).isEqualTo(desk.department.toString());
        assertThat(praise.data().path("priority").asText()).isEqualTo("NORMAL");
    }

    @Test
    @Proves({"R-3", "R-7"})
    void shouldSayOfEachCriterionWhyItDidNotWantTheReview() {
        ObjectNode silent = FakePlatform.review("rev-silent", 5, NOON);
        silent.putNull("title").put("comment", "");
        desk.platform.show(silent);
        desk.platform.show(FakePlatform.review("rev-four", 4, NOON));
        desk.put(request()).then().statusCode(201);

        assertThat(reason("rev-silent")).contains("Products (kind)", "Praise in words (text)");
        assertThat(reason("rev-four")).contains("Products (kind)", "Praise in words (stars)");
        assertThat(events.all().stream()
                        .filter(event -> event.type().equals("ReviewRouted"))
                        .filter(event -> event.subject().equals(desk.awaitReview("rev-four"))))
                .isEmpty();
    }

    @Test
    @Proves("R-3")
    void shouldMakeNoTicketsWhereThereAreNoCriteria() {
        desk.platform.show(FakePlatform.review("rev-1", 1, NOON));
        ObjectNode request = desk.connectionRequest();
        request.putArray("criteria");
        desk.put(request).then().statusCode(201);

        assertThat(reason("rev-1")).contains("makes no tickets");
    }

    private String reason(String externalId) {
        return desk.awaitEntry(externalId, "NOT_TICKETED").get("reason").toString();
    }

    private ObjectNode request() {
        ObjectNode request = desk.connectionRequest().put("productReviews", true);
        ArrayNode criteria = request.putArray("criteria");
        ObjectNode products = criteria.addObject()
                .put("name", "Products")
                .put("departmentId", elsewhere.toString())
                .put("teamId", team.toString())
                .put("priority", "LOW");
        products.putArray("kinds").add("PRODUCT");
        List.of("product", "lamp").forEach(products.putArray("tags")::add);
        ObjectNode praise = criteria.addObject()
                .put("name", "Praise in words")
                .put("minStars", 5)
                .put("hasText", true);
        praise.putArray("kinds").add("SERVICE");
        return request;
    }
}
