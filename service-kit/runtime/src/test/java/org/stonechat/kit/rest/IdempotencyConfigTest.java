package org.stonechat.kit.rest;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.smallrye.config.SmallRyeConfigBuilder;

import static org.assertj.core.api.Assertions.assertThat;

class IdempotencyConfigTest {

    @Test
    void shouldKnowCallsForADayAndKeepTheirAnswersForAnHour() {
        IdempotencyConfig config = new SmallRyeConfigBuilder()
                .withMapping(IdempotencyConfig.class)
                .build()
                .getConfigMapping(IdempotencyConfig.class);

        assertThat(config.keep()).isEqualTo(Duration.ofHours(24));
        assertThat(config.keepBody()).isEqualTo(Duration.ofHours(1));
        assertThat(config.purgeEvery()).isEqualTo(Duration.ofMinutes(10));
    }
}
