package org.stonechat.launcher;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.stonechat.parts.PartFailure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class PartTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    private Path root;

    private Layout layout;
    private ProcessList processes;

    @BeforeEach
    void makeLayout() {
        layout = Layout.in(root, 0);
        processes = new ProcessList(layout.run());
    }

    @AfterEach
    void endWhatIsLeft() {
        processes.alive().forEach(left -> left.process().ifPresent(ProcessHandle::destroyForcibly));
    }

    @Test
    void shouldStartOnceHoweverOftenItIsAsked() {
        Part part = running("exec sleep 60");
        part.start();
        long first = part.pid();

        part.start();

        assertThat(part.pid()).isEqualTo(first);
        assertThat(part.isReady()).isTrue();
        assertThat(part.rssBytes()).isPositive();
    }

    @Test
    void shouldShowTheEndOfTheLogOfAPartThatEndsWhileItStarts() {
        Part part = part("echo the reason; exit 3", () -> false);

        assertThatThrownBy(part::start)
                .isInstanceOf(Refusal.class)
                .hasMessage(
                        "service ended while it started; its log .stonechat/logs/service.log ends with:\nthe reason");
        assertThat(part.isRunning()).isFalse();
        assertThat(processes.all()).isEmpty();
    }

    @Test
    void shouldShowTheEndOfTheLogOfAPartThatDoesNotGetReadyAndLeaveNothingBehind() {
        Part part = new Part(
                definition("echo still thinking; exec sleep 60", () -> false),
                layout,
                processes,
                InstantSource.system(),
                Duration.ofSeconds(3));

        assertThatThrownBy(part::start)
                .isInstanceOf(Refusal.class)
                .hasMessage("service was not ready within 3 s; its log .stonechat/logs/service.log ends with:\n"
                        + "still thinking");
        assertThat(part.isRunning()).isFalse();
        assertThat(processes.all()).isEmpty();
    }

    @Test
    void shouldEndWhatCannotBeWrittenDown() throws Exception {
        // Where the record would be written there is something that is no file.
        Files.createDirectories(layout.run().resolve("service.process.json.unfinished"));
        List<ProcessHandle> before = ProcessHandle.current().children().toList();
        Part part = running("exec sleep 60");

        assertThatThrownBy(part::start)
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("service.process.json cannot be written");

        assertThat(part.log()).exists();
        assertThat(ProcessHandle.current().children().filter(child -> !before.contains(child)))
                .noneMatch(ProcessHandle::isAlive);
        assertThat(processes.all()).isEmpty();
    }

    @Test
    void shouldStopWhatCannotBeSetUp() {
        List<Long> pids = new ArrayList<>();
        Part[] self = new Part[1];
        PartDefinition definition = definition("exec sleep 60", () -> true, () -> {
            pids.add(self[0].pid());
            throw new PartFailure("no");
        });
        self[0] = new Part(definition, layout, processes, InstantSource.system());

        assertThatThrownBy(self[0]::start).isInstanceOf(PartFailure.class).hasMessage("no");

        assertThat(pids).hasSize(1).allMatch(PartTest::isGone);
        assertThat(self[0].isLost()).as("to be tried again").isTrue();
    }

    /// As on a full disk, which is when one wants to stop.
    @Test
    void shouldStopThoughNothingCanBeWrittenDown() throws Exception {
        Part part = running("exec sleep 60");
        part.start();
        long pid = part.pid();
        Files.createDirectories(layout.run().resolve("service.process.json.unfinished"));

        part.stop();

        assertThat(pid).matches(PartTest::isGone);
        assertThat(part.isLost()).isFalse();
    }

    @Test
    void shouldStopWithASignal() {
        Part part = listening("trap 'echo goodbye; exit 0' TERM");
        part.start();

        part.stop();

        assertThat(part.isRunning()).isFalse();
        assertThat(part.lastLogLines()).isEqualTo("goodbye");
    }

    @Test
    void shouldEndAPartThatDoesNotListen() {
        Part part = listening("trap '' TERM");
        part.start();

        part.stop();

        assertThat(part.isRunning()).isFalse();
    }

    @Test
    void shouldNotCountAsLostWhatWasKilledOnPurpose() {
        Part part = running("exec sleep 60");
        part.start();

        part.kill9();

        assertThat(part.isRunning()).isFalse();
        assertThat(part.isLost()).isFalse();
    }

    @Test
    void shouldStandStillWhileItIsFrozen() {
        Part part = running("while true; do echo tick; sleep 0.01; done");
        part.start();
        await().until(() -> Files.size(part.log()) > 0);

        part.freeze();
        // What was on its way when the signal came.
        await().during(Duration.ofMillis(200)).until(part::isRunning);
        long written = part.log().toFile().length();

        await().during(Duration.ofMillis(300)).until(() -> part.log().toFile().length() == written);
        part.thaw();
        await().until(() -> part.log().toFile().length() > written);
        part.stop();
        assertThat(part.isRunning()).isFalse();
    }

    @Test
    void shouldCountAsLostWhatEndsByItself() throws Exception {
        Path end = root.resolve("end");
        Part part = running("while [ ! -e " + end + " ]; do sleep 0.05; done");
        part.start();

        Files.createFile(end);

        await().atMost(PATIENCE).until(part::isLost);
    }

    @Test
    void shouldAddToTheEnvironmentForOnce() {
        Part part = running("echo value=$VALUE; exec sleep 60");
        part.start(Map.of("VALUE", "once"));
        await().atMost(PATIENCE).until(() -> part.lastLogLines().equals("value=once"));

        part.restart();

        await().atMost(PATIENCE).until(() -> part.lastLogLines().equals("value="));
        assertThat(layout.logs().resolve("service.log.1")).hasContent("value=once");
    }

    /// It is ready when it has said what it does with signals.
    private Part listening(String trap) {
        Path set = root.resolve("set");
        return part(trap + "; : > " + set + "; while true; do sleep 0.05; done", () -> Files.exists(set));
    }

    private Part running(String script) {
        return part(script, () -> true);
    }

    private Part part(String script, BooleanSupplier ready) {
        return new Part(definition(script, ready), layout, processes, InstantSource.system());
    }

    private static boolean isGone(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty();
    }

    private static PartDefinition definition(String script, BooleanSupplier ready) {
        return definition(script, ready, () -> {});
    }

    private static PartDefinition definition(String script, BooleanSupplier ready, Runnable whenReady) {
        return new PartDefinition(
                "service",
                Map.of("HTTP", 1),
                URI.create("http://localhost:1"),
                List.of(),
                "TERM",
                Duration.ofSeconds(5),
                () -> new Launch(List.of("sh", "-c", script), Map.of()),
                ready,
                whenReady);
    }
}
