package org.stonechat.ticket.ticket;

import java.math.BigInteger;

import org.junit.jupiter.api.Test;

import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfigBuilder;

import static org.assertj.core.api.Assertions.assertThat;

class TicketConfigTest {

    @Test
    void shouldTakeFilesOfTwentyFiveMegabytesUnlessToldOtherwise() {
        TicketConfig config = new SmallRyeConfigBuilder()
                .withConverter(io.quarkus.runtime.configuration.MemorySize.class, 100, new MemorySizeConverter())
                .withMapping(TicketConfig.class)
                .build()
                .getConfigMapping(TicketConfig.class);

        assertThat(config.attachmentCount()).isEqualTo(200);
        assertThat(config.attachmentLimit().asBigInteger()).isEqualTo(BigInteger.valueOf(25L * 1024 * 1024));
    }
}
