package org.stonechat.ticket.viewer;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.smallrye.config.SmallRyeConfigBuilder;

import static org.assertj.core.api.Assertions.assertThat;

class ViewerConfigTest {

    @Test
    void shouldForgetAClosedWindowWithinSecondsUnlessToldOtherwise() {
        ViewerConfig config = new SmallRyeConfigBuilder()
                .withMapping(ViewerConfig.class)
                .build()
                .getConfigMapping(ViewerConfig.class);

        assertThat(config.viewingLease()).isEqualTo(Duration.ofSeconds(12));
        assertThat(config.typingLease()).isEqualTo(Duration.ofSeconds(6));
        assertThat(config.look()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.keepAlive()).isLessThan(config.viewingLease().dividedBy(2));
        assertThat(config.slowestClient()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.mostStreams()).isEqualTo(5000);
        assertThat(config.mostStreamsPerPerson()).isEqualTo(20);
    }
}
