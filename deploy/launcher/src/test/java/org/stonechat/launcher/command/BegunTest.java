package org.stonechat.launcher.command;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class BegunTest {

    private static final Instant JAVA = Instant.ofEpochSecond(1_800_000_020);

    @Test
    void shouldBeginWithTheScript() {
        assertThat(Begun.told(Map.of("STONECHAT_BEGAN", "1800000000", "STONECHAT_BUILT", "14"), JAVA))
                .isEqualTo(new Begun(Instant.ofEpochSecond(1_800_000_000), Duration.ofSeconds(14)));
    }

    @Test
    void shouldBeginWithTheJvmWhenNoScriptToldAnything() {
        assertThat(Begun.told(Map.of(), JAVA)).isEqualTo(new Begun(JAVA, Duration.ZERO));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-5", "1800000000N", "1900000000"})
    void shouldNotBelieveATimeThatIsNone(String began) {
        assertThat(Begun.told(Map.of("STONECHAT_BEGAN", began, "STONECHAT_BUILT", "0"), JAVA))
                .isEqualTo(new Begun(JAVA, Duration.ZERO));
    }
}
