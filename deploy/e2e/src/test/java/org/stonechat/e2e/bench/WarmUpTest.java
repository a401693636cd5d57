package org.stonechat.e2e.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WarmUpTest {

    private final List<String> told = new ArrayList<>();
    private int rounds;

    @Test
    void shouldGoOnUntilItGoesNoFasterAnyMore() {
        List<Double> rates = List.of(10.0, 20.0, 40.0, 60.0, 80.0, 90.0, 100.0, 99.0, 101.0, 100.0, 102.0, 103.0);

        new WarmUp(Duration.ofMinutes(1), "%.0f a second", told::add).run(() -> rates.get(rounds++));

        // The best of the last four, 102, is within five per cent of the best before them.
        assertThat(rounds).isEqualTo(11);
        assertThat(told).hasSize(11).startsWith("10 a second").endsWith("102 a second");
    }

    @Test
    void shouldEndInAnyCaseAfterTheRoundThatIsUnderWay() {
        new WarmUp(Duration.ofMillis(50), "%.0f", told::add).run(() -> {
            rounds++;
            // Each is twice as fast as the one before.
            return Math.pow(2, Math.min(rounds, 1000));
        });

        assertThat(rounds).isPositive();
        assertThat(told).hasSize(rounds);
    }
}
