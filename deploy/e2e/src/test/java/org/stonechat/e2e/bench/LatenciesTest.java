package org.stonechat.e2e.bench;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LatenciesTest {

    private final Latencies latencies = new Latencies();

    @Test
    void shouldGiveTheSmallestDurationThatSoManyDoNotExceed() {
        for (int millis = 100; millis >= 1; millis--) {
            latencies.add(millis * 1_000_000L);
        }

        assertThat(latencies.percentile(50)).isEqualTo(50);
        assertThat(latencies.percentile(95)).isEqualTo(95);
        assertThat(latencies.percentile(99)).isEqualTo(99);
        assertThat(latencies.percentile(100)).isEqualTo(100);
        assertThat(latencies.percentile(0)).isEqualTo(1);
    }

    @Test
    void shouldShowTheOneSlowestWhenThereAreFew() {
        latencies.add(1_000_000);
        latencies.add(2_500_000);

        assertThat(latencies.percentile(50)).isEqualTo(1);
        assertThat(latencies.percentile(99)).isEqualTo(2.5);
    }

    @Test
    void shouldHoldMoreThanItBeganWith() {
        for (int i = 0; i < 5_000; i++) {
            latencies.add(i);
        }
        Latencies all = new Latencies();
        all.addAll(latencies);
        all.addAll(latencies);

        assertThat(all.count()).isEqualTo(10_000);
        assertThat(all.percentile(100)).isEqualTo(0.004999);
    }

    @Test
    void shouldNotMakeANumberOutOfNothing() {
        assertThatThrownBy(() -> latencies.percentile(50)).hasMessage("nothing was measured");
    }
}
