package org.stonechat.review.connection;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.stonechat.review.connector.PlatformReview;
import org.stonechat.review.connector.ReviewKind;
import org.stonechat.review.connector.ReviewState;

import static org.assertj.core.api.Assertions.assertThat;

class CriterionTest {

    @Test
    void shouldTakeStarsWithinItsBounds() {
        Criterion criterion = stars(2, 3);

        assertThat(criterion.matches(review("1.4", "text", "de"))).isFalse();
        assertThat(criterion.matches(review("1.5", "text", "de"))).isTrue();
        assertThat(criterion.matches(review("3.49", "text", "de"))).isTrue();
        assertThat(criterion.matches(review("3.5", "text", "de"))).isFalse();
    }

    @Test
    void shouldTakeReviewsWithoutARatingOnlyWhereStarsDoNotMatter() {
        assertThat(stars(1, null).matches(review(null, "text", "de"))).isFalse();
        assertThat(stars(null, null).matches(review(null, "text", "de"))).isTrue();
    }

    @Test
    void shouldTellReviewsWithTextFromThoseWithout() {
        Criterion withText = criterion(null, null, true, null, null);
        Criterion withoutText = criterion(null, null, false, null, null);

        assertThat(withText.matches(review("2", " ", "de"))).isFalse();
        assertThat(withoutText.matches(review("2", " ", "de"))).isTrue();
        assertThat(withText.matches(review("2", "late", "de"))).isTrue();
    }

    @Test
    void shouldCountARegionAsItsLanguageButNotTheOtherWayRound() {
        Criterion german = criterion(null, null, null, null, List.of("de"));
        Criterion austrian = criterion(null, null, null, null, List.of("de-AT"));

        assertThat(german.matches(review("2", "text", "de-AT"))).isTrue();
        assertThat(austrian.matches(review("2", "text", "de-AT"))).isTrue();
        assertThat(austrian.matches(review("2", "text", "de"))).isFalse();
        assertThat(german.matches(review("2", "text", "den"))).isFalse();
        assertThat(german.matches(review("2", "text", null))).isFalse();
    }

    @Test
    void shouldKeepToItsKinds() {
        assertThat(criterion(null, null, null, Set.of(ReviewKind.PRODUCT), null).matches(review("2", "text", "de")))
                .isFalse();
        assertThat(criterion(null, null, null, Set.of(ReviewKind.SERVICE), null).matches(review("2", "text", "de")))
                .isTrue();
    }

    private static Criterion stars(Integer least, Integer most) {
        return criterion(least, most, null, null, null);
    }

    private static Criterion criterion(
            Integer least, Integer most, Boolean hasText, Set<ReviewKind> kinds, List<String> languages) {
        return new Criterion("c", least, most, hasText, kinds, languages, null, null, null, null, null, null, null);
    }

    private static PlatformReview review(String rating, String body, String language) {
        return new PlatformReview(
                "rev-1",
                null,
                ReviewKind.SERVICE,
                ReviewState.PUBLISHED,
                "APPROVED",
                rating == null ? null : new BigDecimal(rating),
                List.of(),
                null,
                body,
                language,
                Instant.EPOCH,
                Instant.EPOCH,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null);
    }
}
