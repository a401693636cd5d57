package org.stonechat.launcher;

import java.nio.file.Path;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class SupervisionTest {

    private Instant now = Instant.parse("2026-01-05T09:00:00Z");

    @Test
    void shouldLeaveAPartAloneThatKeepsEnding(@TempDir Path root) {
        Supervision supervision = new Supervision(Platform.in(root, 0), Progress.silent(), () -> now);

        assertThat(supervision.mayStartAgain("kafka")).isTrue();
        assertThat(supervision.mayStartAgain("kafka")).isTrue();
        assertThat(supervision.mayStartAgain("kafka")).isTrue();
        assertThat(supervision.mayStartAgain("kafka")).isFalse();
        assertThat(supervision.mayStartAgain("gateway")).isTrue();

        now = now.plusSeconds(301);
        assertThat(supervision.mayStartAgain("kafka")).isTrue();
    }
}
