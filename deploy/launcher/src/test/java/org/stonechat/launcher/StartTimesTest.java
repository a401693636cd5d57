package org.stonechat.launcher;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StartTimesTest {

    @Test
    void shouldCountAllThatWasWaitedButTheBuilding() {
        Instant asked = Instant.parse("2026-11-20T08:00:00Z");

        StartTimes times = StartTimes.until(
                asked.plusMillis(61_500), asked, Duration.ofSeconds(20), Map.of("postgres", 2.5, "gateway", 9.0));

        assertThat(times.at()).isEqualTo(asked);
        assertThat(times.buildSeconds()).isEqualTo(20);
        assertThat(times.readySeconds()).isEqualTo(41.5);
        assertThat(times.partSeconds()).containsEntry("gateway", 9.0);
    }
}
