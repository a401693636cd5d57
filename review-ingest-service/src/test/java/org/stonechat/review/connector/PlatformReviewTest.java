package org.stonechat.review.connector;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PlatformReviewTest {

    private static final Instant THEN = Instant.parse("2026-03-03T07:55:00Z");

    @ParameterizedTest
    @CsvSource({"1.00,1", "1.49,1", "1.50,2", "2.50,3", "5.00,5"})
    void shouldRoundStarsHalfUp(BigDecimal rating, int stars) {
        assertThat(review(rating, "a", "b", null, THEN).stars()).isEqualTo(stars);
    }

    @Test
    void shouldNotCallATouchOrAReplyAnEdit() {
        PlatformReview before = review(new BigDecimal("2.00"), "Late", "Three weeks", null, THEN);
        PlatformReview touched = review(
                new BigDecimal("2.0"), "Late", "Three weeks", new PlatformReply("Sorry", THEN), THEN.plusSeconds(5));

        assertThat(touched.contentHash()).isEqualTo(before.contentHash());
    }

    @Test
    void shouldNoticeTextThatMovesFromTitleToBody() {
        PlatformReview before = review(BigDecimal.ONE, "ab", "c", null, THEN);
        PlatformReview after = review(BigDecimal.ONE, "a", "bc", null, THEN);

        assertThat(after.contentHash()).isNotEqualTo(before.contentHash());
    }

    @Test
    void shouldRecogniseItsOwnReplyWhateverThePlatformDidToLineEnds() {
        assertThat(new PlatformReply("Dear Petra,\r\nsorry.\n", THEN).says("Dear Petra,\nsorry."))
                .isTrue();
        assertThat(new PlatformReply("Dear Petra, sorry.", THEN).says("Dear Petra,\nsorry."))
                .isFalse();
    }

    @Test
    void shouldCountCharactersAsPeopleDoAndBytesAsMachinesDo() {
        assertThat(new ReplyLimit(3, ReplyLimit.Unit.CHARACTERS).allows("ab😀")).isTrue();
        assertThat(new ReplyLimit(3, ReplyLimit.Unit.BYTES).allows("ab😀")).isFalse();
    }

    private static PlatformReview review(
            BigDecimal rating, String title, String body, PlatformReply reply, Instant updatedAt) {
        return new PlatformReview(
                "rev-1",
                "chl-1",
                ReviewKind.SERVICE,
                ReviewState.PUBLISHED,
                "APPROVED",
                rating,
                List.of(),
                title,
                body,
                "de",
                THEN,
                updatedAt,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                reply);
    }
}
