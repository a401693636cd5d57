package org.stonechat.kit.secret;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.smallrye.config.SmallRyeConfigBuilder;

import static org.assertj.core.api.Assertions.assertThat;

class SecretsConfigTest {

    @Test
    void shouldHaveDefaultsFitForProduction() {
        SecretsConfig config = new SmallRyeConfigBuilder()
                .withMapping(SecretsConfig.class)
                .build()
                .getConfigMapping(SecretsConfig.class);

        assertThat(config.required()).containsExactly("quarkus.datasource.username", "quarkus.datasource.password");
        assertThat(config.resealEvery()).isEqualTo(Duration.ofHours(1));
    }
}
