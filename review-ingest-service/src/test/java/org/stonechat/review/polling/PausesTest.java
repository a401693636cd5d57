package org.stonechat.review.polling;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PausesTest {

    private static final Duration LONGEST = Duration.ofMinutes(15);

    @ParameterizedTest
    @CsvSource({"1, 60", "2, 120", "3, 240", "4, 480", "5, 900", "6, 900", "500, 900"})
    void shouldDoubleWithEveryFailureInARowUpToTheLongest(int failures, long seconds) {
        assertThat(pauses(Duration.ofMinutes(1)).after(failures, null))
                .isBetween(Duration.ofSeconds(seconds), Duration.ofSeconds(seconds * 6 / 5));
    }

    @Test
    void shouldNeverBeShorterThanTheConnectionsOwnInterval() {
        assertThat(pauses(Duration.ofHours(6)).after(1, null)).isGreaterThanOrEqualTo(Duration.ofHours(6));
        assertThat(pauses(Duration.ofHours(6)).after(9, null)).isLessThan(Duration.ofMinutes(433));
        assertThat(pauses(Duration.ofMinutes(1)).after(3, Duration.ofSeconds(5)))
                .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(72));
    }

    @Test
    void shouldNeverComeBeforeThePlatformAsksFor() {
        for (int failures = 1; failures < 30; failures++) {
            assertThat(pauses(Duration.ofMinutes(1)).after(failures, Duration.ofHours(2)))
                    .isBetween(Duration.ofHours(2), Duration.ofMinutes(144));
        }
    }

    @Test
    void shouldScatterThoseWhoFailedTogether() {
        Pauses pauses = pauses(Duration.ofMinutes(1));

        assertThat(IntStream.range(0, 200)
                        .mapToObj(connection -> pauses.after(1, null).toMillis())
                        .distinct()
                        .count())
                .isGreaterThan(150);
    }

    private static Pauses pauses(Duration interval) {
        return new Pauses(interval, LONGEST, new SplittableRandom(7));
    }
}
