package org.stonechat.ticket.view;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.smallrye.config.SmallRyeConfigBuilder;

import static org.assertj.core.api.Assertions.assertThat;

class ViewConfigTest {

    @Test
    void shouldSpendNoMoreThanASecondOnCountingUnlessToldOtherwise() {
        ViewConfig config = new SmallRyeConfigBuilder()
                .withMapping(ViewConfig.class)
                .build()
                .getConfigMapping(ViewConfig.class);

        assertThat(config.countPatience()).isEqualTo(Duration.ofSeconds(1));
    }
}
