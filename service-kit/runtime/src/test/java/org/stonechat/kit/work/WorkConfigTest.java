package org.stonechat.kit.work;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.smallrye.config.SmallRyeConfigBuilder;

import static org.assertj.core.api.Assertions.assertThat;

class WorkConfigTest {

    @Test
    void shouldHaveDefaultsFitForProduction() {
        WorkConfig config = new SmallRyeConfigBuilder()
                .withMapping(WorkConfig.class)
                .build()
                .getConfigMapping(WorkConfig.class);

        assertThat(config.enabled()).isTrue();
        assertThat(config.pollInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.retryInitial()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.retryMaximum()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.lease()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.leaseMargin()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.shutdownGrace()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.keepFinished()).isEqualTo(Duration.ofDays(7));
        assertThat(config.keepOnce()).isEqualTo(Duration.ofDays(400));
        assertThat(config.purgeEvery()).isEqualTo(Duration.ofHours(6));
    }
}
