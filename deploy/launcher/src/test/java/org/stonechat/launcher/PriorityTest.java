package org.stonechat.launcher;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

import static org.assertj.core.api.Assertions.assertThat;

class PriorityTest {

    private static final Path AUTOGROUP = Path.of("/proc/self/autogroup");

    @Test
    void shouldRunTheCommandWithItsArgumentsAsTheyAreAtALowerPriority() throws Exception {
        int own = Integer.parseInt(output(List.of("nice")).strip());

        // In a session of its own, whose weight it sets.
        assertThat(output(Sessions.detached(
                        Priority.behind(List.of("sh", "-c", "nice; echo \"$1\"", "sh", "two words; $HOME")))))
                .isEqualTo(Math.min(own + 10, 19) + "\ntwo words; $HOME\n");
    }

    @Test
    @EnabledIf("weighsSessions")
    void shouldGiveTheSessionALowerWeightAndLeaveThatOfTheLauncherAlone() throws Exception {
        String before = Files.readString(AUTOGROUP);

        String behind = output(Sessions.detached(Priority.behind(List.of("cat", AUTOGROUP.toString()))));

        assertThat(behind).endsWith("nice 10\n");
        assertThat(Files.readString(AUTOGROUP)).isEqualTo(before);
    }

    static boolean weighsSessions() {
        return Files.exists(AUTOGROUP);
    }

    private static String output(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }
}
