package org.stonechat.review.polling;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.stonechat.review.connector.FetchMode;
import org.stonechat.review.connector.FetchRequest;
import org.stonechat.review.connector.FetchedItem;
import org.stonechat.review.connector.FetchedPage;
import org.stonechat.review.connector.PlatformReview;
import org.stonechat.review.connector.ReviewKind;
import org.stonechat.review.connector.ReviewState;

import static org.assertj.core.api.Assertions.assertThat;

class PollProgressTest {

    private static final Instant NOON = Instant.parse("2026-03-05T12:00:00Z");
    private static final Duration OVERLAP = Duration.ofMinutes(10);
    private static final int LONG = 1000;

    private final PollProgress progress = new PollProgress(UUID.randomUUID());

    @Test
    void shouldReadEverythingFirst() {
        assertThat(progress.fullWalkIsDue(NOON, Duration.ofDays(1))).isTrue();

        walk(FetchMode.FULL, page(null, NOON.minusSeconds(60)));

        assertThat(progress.fullWalkIsDue(NOON.plus(Duration.ofHours(23)), Duration.ofDays(1)))
                .isFalse();
        assertThat(progress.fullWalkIsDue(NOON.plus(Duration.ofHours(24)), Duration.ofDays(1)))
                .isTrue();
        assertThat(progress.newWatermark()).isEqualTo(NOON.minusSeconds(60));
        assertThat(progress.changedWatermark()).isEqualTo(NOON.minusSeconds(60));
    }

    @Test
    void shouldMoveTheWatermarkOnlyWithTheLastPage() {
        progress.start(FetchMode.NEW, NOON, OVERLAP);

        assertThat(progress.advance(page("rev-1", NOON), LONG)).isNull();
        assertThat(progress.newWatermark()).isNull();
        assertThat(progress.request()).isEqualTo(new FetchRequest(FetchMode.NEW, null, "rev-1"));

        assertThat(progress.advance(page(null, NOON.minusSeconds(600)), LONG)).isEqualTo(FetchMode.NEW);
        assertThat(progress.newWatermark()).isEqualTo(NOON);
        assertThat(progress.walking()).isFalse();
    }

    @Test
    void shouldBeginAnOverlapBeforeTheWatermark() {
        walk(FetchMode.NEW, page(null, NOON));

        progress.start(FetchMode.NEW, NOON.plusSeconds(60), OVERLAP);

        assertThat(progress.request().since()).isEqualTo(NOON.minus(OVERLAP));
    }

    @Test
    void shouldEndAWalkThroughChangesWhereTheyLieBehindTheOverlap() {
        walk(FetchMode.CHANGED, page(null, NOON));
        progress.start(FetchMode.CHANGED, NOON.plusSeconds(60), OVERLAP);

        assertThat(progress.advance(page("rev-1", NOON.plusSeconds(30), NOON), LONG))
                .isNull();
        assertThat(progress.advance(page("rev-2", NOON.minus(OVERLAP).minusSeconds(1)), LONG))
                .isEqualTo(FetchMode.CHANGED);
        assertThat(progress.changedWatermark()).isEqualTo(NOON.plusSeconds(30));
    }

    @Test
    void shouldCountFailuresInARowFromTheLastPageOn() {
        progress.start(FetchMode.FULL, NOON, OVERLAP);
        assertThat(progress.failed(NOON)).isEqualTo(1);
        assertThat(progress.failed(NOON)).isEqualTo(2);

        progress.advance(page("rev-1", NOON), LONG);

        assertThat(progress.failed(NOON)).isEqualTo(1);
    }

    @Test
    void shouldNeverMoveAWatermarkBack() {
        walk(FetchMode.NEW, page(null, NOON));

        walk(FetchMode.NEW, page(null, NOON.minusSeconds(300)));

        assertThat(progress.newWatermark()).isEqualTo(NOON);
    }

    @Test
    void shouldGiveUpAWalkThatDoesNotEnd() {
        progress.start(FetchMode.FULL, NOON, OVERLAP);

        assertThat(progress.advance(page("rev-1", NOON), 2)).isNull();
        assertThat(progress.advance(page("rev-2", NOON), 2)).isEqualTo(FetchMode.FULL);
        assertThat(progress.walking()).isFalse();
        assertThat(progress.newWatermark()).isNull();
    }

    @Test
    void shouldNotTakeAPageThatAnotherProcessHasTaken() {
        progress.start(FetchMode.NEW, NOON, OVERLAP);
        FetchRequest request = progress.request();
        assertThat(progress.awaits(request)).isTrue();

        progress.advance(page("rev-1", NOON), LONG);

        assertThat(progress.awaits(request)).isFalse();
    }

    private void walk(FetchMode mode, FetchedPage page) {
        progress.start(mode, NOON, OVERLAP);
        progress.advance(page, LONG);
    }

    private static FetchedPage page(String next, Instant... times) {
        List<FetchedItem> items = java.util.Arrays.stream(times)
                .<FetchedItem>map(time -> new FetchedItem.Readable(review(time), "{}"))
                .toList();
        return new FetchedPage(items, next);
    }

    private static PlatformReview review(Instant at) {
        return new PlatformReview(
                "rev-" + at,
                null,
                ReviewKind.SERVICE,
                ReviewState.PUBLISHED,
                "APPROVED",
                null,
                List.of(),
                null,
                null,
                null,
                at,
                at,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null);
    }
}
