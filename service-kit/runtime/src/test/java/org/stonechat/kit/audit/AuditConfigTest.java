package org.stonechat.kit.audit;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.smallrye.config.SmallRyeConfigBuilder;

import static org.assertj.core.api.Assertions.assertThat;

class AuditConfigTest {

    @Test
    void shouldHaveDefaultsFitForProduction() {
        AuditConfig config = new SmallRyeConfigBuilder()
                .withMapping(AuditConfig.class)
                .build()
                .getConfigMapping(AuditConfig.class);

        assertThat(config.keep()).isEqualTo(Duration.ofDays(365));
        assertThat(config.keepRefusals()).isEqualTo(Duration.ofDays(30));
        assertThat(config.purgeEvery()).isEqualTo(Duration.ofHours(6));
        assertThat(config.gather()).isEqualTo(Duration.ofMinutes(1));
    }
}
