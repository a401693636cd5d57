package org.stonechat.launcher;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/// With parts that only sleep.
class PlatformTest {

    private static final Platform.Options WANTED =
            Platform.Options.standard().withoutBuild().withOnly(Set.of("gateway"));

    @TempDir
    private Path root;

    private Layout layout;
    private ProcessList processes;
    private Platform platform;

    @BeforeEach
    void makePlatform() {
        layout = Layout.in(root, 0);
        processes = new ProcessList(layout.run());
        platform = Platform.in(root, 0);
    }

    @AfterEach
    void endWhatIsLeft() {
        processes.alive().forEach(left -> left.process().ifPresent(ProcessHandle::destroyForcibly));
    }

    @Test
    void shouldLeaveNothingRunningWhenTheStartCannotBeWrittenDown() throws Exception {
        Files.createDirectories(layout.run().resolve("start-times.json/in-the-way"));

        assertThatThrownBy(() -> platform.startOrLeaveNothing(List.of(sleeper()), WANTED, Instant.EPOCH, Duration.ZERO))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("start-times.json cannot be written");

        assertThat(isAlive(pidOfTheSleeper())).isFalse();
        assertThat(processes.all()).isEmpty();
    }

    @Test
    void shouldLeaveThePartsRunningWhenTheStartWasWrittenDown() throws Exception {
        StartTimes times = platform.startOrLeaveNothing(List.of(sleeper()), WANTED, Instant.EPOCH, Duration.ZERO);

        assertThat(platform.lastStart()).contains(times);
        assertThat(isAlive(pidOfTheSleeper())).isTrue();
    }

    private Part sleeper() {
        Path pid = root.resolve("pid");
        PartDefinition definition = new PartDefinition(
                "gateway",
                Map.of("HTTP", 1),
                URI.create("http://localhost:1"),
                List.of(),
                "TERM",
                Duration.ofSeconds(5),
                () -> new Launch(
                        List.of("sh", "-c", "echo $$ > " + pid + ".new; mv " + pid + ".new " + pid + "; exec sleep 60"),
                        Map.of()),
                () -> Files.exists(pid),
                () -> {});
        return new Part(definition, layout, processes, InstantSource.system());
    }

    private long pidOfTheSleeper() throws Exception {
        return Long.parseLong(Files.readString(root.resolve("pid")).strip());
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }
}
