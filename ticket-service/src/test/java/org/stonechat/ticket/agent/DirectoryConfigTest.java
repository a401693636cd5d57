package org.stonechat.ticket.agent;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.smallrye.config.SmallRyeConfigBuilder;

import static org.assertj.core.api.Assertions.assertThat;

class DirectoryConfigTest {

    @Test
    void shouldNoticeADisabledAccountWithinSeconds() {
        DirectoryConfig config = new SmallRyeConfigBuilder()
                .withMapping(DirectoryConfig.class)
                .build()
                .getConfigMapping(DirectoryConfig.class);

        assertThat(config.look()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.poll()).isEqualTo(Duration.ofSeconds(30));
    }
}
