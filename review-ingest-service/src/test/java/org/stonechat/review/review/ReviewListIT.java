package org.stonechat.review.review;

import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.stonechat.review.FakePlatform;
import org.stonechat.review.TestDesk;
import org.stonechat.testing.Proves;
import org.stonechat.testing.WithRealParts;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.stonechat.review.FakePlatform.NOON;

@QuarkusTest
@WithRealParts
class ReviewListIT {

    private final String hugo = "Hugo-" + UUID.randomUUID() + "@customers.example";
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
    @Proves({"R-4", "T-15"})
    void shouldListWhatACustomerHasWrittenBeforeWithAndWithoutATicket() {
        desk.platform.show(by(hugo, FakePlatform.review("rev-bad", 1, NOON)));
        desk.platform.show(by(hugo.toUpperCase(), FakePlatform.review("rev-good", 5, NOON.minusSeconds(60))));
        desk.platform.show(FakePlatform.review("rev-petra", 1, NOON.minusSeconds(120)));
        desk.connect();
        for (String review : List.of("rev-bad", "rev-good", "rev-petra")) {
            desk.awaitReview(review);
        }

        given().auth()
                .oauth2(desk.agent)
                .queryParam("authorEmail", hugo.toLowerCase())
                .get("/api/v1/reviews")
                .then()
                .statusCode(200)
                .body("items.externalId", equalTo(List.of("rev-bad", "rev-good")));
        given().auth()
                .oauth2(desk.agent)
                .queryParam("authorEmail", hugo)
                .queryParam("stars", 5)
                .get("/api/v1/reviews")
                .then()
                .body("items.externalId", equalTo(List.of("rev-good")));
        given().auth()
                .oauth2(desk.stranger)
                .queryParam("authorEmail", hugo)
                .get("/api/v1/reviews")
                .then()
                .statusCode(200)
                .body("items", empty());
        given().auth()
                .oauth2(desk.agent)
                .queryParam("authorEmail", "x".repeat(400))
                .get("/api/v1/reviews")
                .then()
                .statusCode(400);
    }

    @Test
    @Proves("R-4")
    void shouldShowTheProductReviewsOfAnOrderBesideItsShopReviewWithAllThatIsKnown() {
        desk.platform.show(FakePlatform.review("rev-shop", 2, NOON));
        desk.platform.show(FakePlatform.fixture("product-review.json"));
        desk.put(desk.connectionRequest().put("productReviews", true)).then().statusCode(201);
        desk.awaitReview("rev-product-1");

        JsonPath shown = desk.review(desk.awaitReview("rev-shop"));

        assertThat(shown.getList("ofSameOrder.externalId")).isEqualTo(List.of("rev-product-1"));
        assertThat(shown.getString("ofSameOrder[0].kind")).isEqualTo("PRODUCT");
        assertThat(shown.getString("ofSameOrder[0].productSku")).isEqualTo("LAMP-7");
        assertThat(shown.getString("review.orderReference")).isEqualTo("NW-2026-00871");
        assertThat(shown.getString("review.sourceRef")).isEqualTo(FakePlatform.CHANNEL);
        assertThat(shown.getString("review.submittedAt")).isEqualTo(NOON.toString());
        assertThat(shown.getString("review.inboxUrl")).isEqualTo("https://inbox.example/reviews/rev-shop");
        assertThat(shown.getList("subRatings.name")).isEqualTo(List.of("delivery", "goods"));
    }

    private static ObjectNode by(String address, ObjectNode review) {
        review.withObjectProperty("customer").put("email", address);
        return review;
    }
}
