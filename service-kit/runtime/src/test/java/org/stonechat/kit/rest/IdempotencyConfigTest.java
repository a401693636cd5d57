package org.stonechat.kit.rest;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.smallrye.config.SmallRyeConfigBuilder;

import static org.assertj.core.api.Assertions.assertThat;

class IdempotencyConfigTest {

    @Test
    void shouldKeepResponsesForADay() {
        IdempotencyConfig config = new SmallRyeConfigBuilder()
                .withMapping(IdempotencyConfig.class)
                .build()
                .getConfigMapping(IdempotencyConfig.class);

        assertThat(config.keep()).isEqualTo(Duration.ofHours(24));
        assertThat(config.purgeEvery()).isEqualTo(Duration.ofHours(1));
    }
}
