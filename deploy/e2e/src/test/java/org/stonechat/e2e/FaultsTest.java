package org.stonechat.e2e;

import org.junit.jupiter.api.Test;
import org.stonechat.e2e.faults.Siege;

import static org.assertj.core.api.Assertions.assertThat;

class FaultsTest {

    @Test
    void shouldTellInItsHelpWhatTheRunDoes() {
        // Without its line breaks, which depend on the width.
        String help = Faults.commandLine().getUsageMessage().replaceAll("\\s+", " ");

        assertThat(help)
                .contains(Siege.Plan.full(1).limit().toMinutes() + " unless given, with --quick "
                        + Siege.Plan.quick(1).limit().toMinutes() + ".")
                .contains(Siege.Plan.full(1).kills() + " kills and "
                        + Siege.Plan.full(1).acknowledged() + " acknowledged requests")
                .contains(Siege.targets());
    }
}
