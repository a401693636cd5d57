package org.stonechat.ticket.view;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.smallrye.config.SmallRyeConfigBuilder;

import static org.assertj.core.api.Assertions.assertThat;

class ViewConfigTest {

    private final ViewConfig config =
            new SmallRyeConfigBuilder().withMapping(ViewConfig.class).build().getConfigMapping(ViewConfig.class);

    @Test
    void shouldSpendNoMoreThanASecondOnCountingUnlessToldOtherwise() {
        assertThat(config.countPatience()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void shouldSpendNoMoreThanFiveSecondsOnAPageUnlessToldOtherwise() {
        assertThat(config.pagePatience()).isEqualTo(Duration.ofSeconds(5));
    }
}
