package org.stonechat.gateway;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RefusalLogTest {

    private final List<String> lines = new ArrayList<>();

    @Test
    void shouldSayTheFirstAtOnceAndHowManyFollowed() {
        RefusalLog log = new RefusalLog(100, lines::add);
        for (int i = 0; i < 50; i++) {
            log.refused("a", "192.0.2." + i, "line " + i);
        }
        assertThat(lines).containsExactly("line 0");
        log.endWindow();
        assertThat(lines).containsExactly("line 0", "refused code=a network=192.0.2.0/24 further=49");
        log.endWindow();
        assertThat(lines).hasSize(2);
    }

    @Test
    void shouldBeBoundedWhateverAddressesThereAre() {
        RefusalLog log = new RefusalLog(10, lines::add);
        for (int i = 0; i < 200; i++) {
            log.refused("a", "10.0." + i + ".1", "line");
        }
        assertThat(lines).hasSize(11);
        log.endWindow();
        assertThat(lines).hasSize(12).last().isEqualTo("refused code=a network=others further=189");
    }
}
