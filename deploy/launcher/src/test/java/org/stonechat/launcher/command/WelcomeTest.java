package org.stonechat.launcher.command;

import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.stonechat.launcher.StartTimes;

import static org.assertj.core.api.Assertions.assertThat;

class WelcomeTest {

    @Test
    void shouldTellWhatWasWaitedApartFromTheBuilding() {
        assertThat(Welcome.ready(new StartTimes(Instant.EPOCH, 0, 41.25, Map.of())))
                .isEqualTo("Stonechat is ready after 41.3 s.");
        assertThat(Welcome.ready(new StartTimes(Instant.EPOCH, 63, 41.25, Map.of())))
                .isEqualTo("Stonechat is ready after 41.3 s, and 63.0 s of building.");
    }
}
