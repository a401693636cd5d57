package org.stonechat.ticket.rights;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.smallrye.config.SmallRyeConfigBuilder;

import static org.assertj.core.api.Assertions.assertThat;

class RightsConfigTest {

    @Test
    void shouldLetOtherReplicasFollowWithinTwoSeconds() {
        RightsConfig config = new SmallRyeConfigBuilder()
                .withMapping(RightsConfig.class)
                .build()
                .getConfigMapping(RightsConfig.class);

        assertThat(config.refresh()).isEqualTo(Duration.ofSeconds(2));
    }
}
