package org.stonechat.analytics.review;

import java.math.BigDecimal;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.stonechat.testing.contract.Contracts;

import static org.assertj.core.api.Assertions.assertThat;

/// What is read of the golden examples of `reviews`.
class ReviewEventsTest {

    @Test
    void shouldReadStarsAndTimeOfAReview() {
        ReviewEvents.Review review =
                Contracts.example("reviews", "ReviewImported").received().dataAs(ReviewEvents.Review.class);

        assertThat(review.stars()).isEqualTo(2);
        assertThat(review.rating()).isEqualByComparingTo(new BigDecimal("1.5"));
        assertThat(review.platform()).isEqualTo("TRUSTED_SHOPS");
        assertThat(review.kind()).isEqualTo("SERVICE");
        assertThat(review.reviewedAt()).isEqualTo(Instant.parse("2026-03-03T07:55:00Z"));
    }

    @Test
    void shouldTakeAReviewWithoutStars() {
        ReviewEvents.Review review = Contracts.example("reviews", "ReviewImported", "unrated")
                .received()
                .dataAs(ReviewEvents.Review.class);

        assertThat(review.stars()).isNull();
        assertThat(review.rating()).isNull();
    }

    @Test
    void shouldReadARevisionLikeAnImport() {
        assertThat(Contracts.example("reviews", "ReviewRevised")
                        .received()
                        .dataAs(ReviewEvents.Review.class)
                        .departmentId())
                .isNotNull();
    }
}
