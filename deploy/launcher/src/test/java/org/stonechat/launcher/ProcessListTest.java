package org.stonechat.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessListTest {

    private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");

    @TempDir
    private Path directory;

    private ProcessList processes;

    @BeforeEach
    void makeList() {
        processes = new ProcessList(directory);
    }

    @Test
    void shouldFindTheProcessThatWasRecorded() {
        processes.put(ProcessRecord.of("kafka", ProcessHandle.current(), List.of(19092), NOW));

        ProcessRecord found = processes.find("kafka").orElseThrow();

        assertThat(found.process()).contains(ProcessHandle.current());
        assertThat(found.ports()).containsExactly(19092);
        assertThat(processes.alive()).hasSize(1);
    }

    @Test
    void shouldNotTakeALaterProcessWithTheSameNumberForTheRecordedOne() {
        ProcessRecord before = ProcessRecord.of("kafka", ProcessHandle.current(), List.of(), NOW);
        processes.put(
                new ProcessRecord("kafka", before.pid(), before.startedAt().minusSeconds(3600), List.of(), false));

        assertThat(processes.find("kafka").orElseThrow().process()).isEmpty();
        assertThat(processes.alive()).isEmpty();
    }

    @Test
    void shouldForgetOnlyWhatIsGone() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        processes.put(new ProcessRecord("ended", ended.pid(), NOW, List.of(), false));
        processes.put(ProcessRecord.of("running", ProcessHandle.current(), List.of(), NOW));

        assertThat(processes.forgetDead()).containsExactly("ended");

        assertThat(processes.all()).extracting(ProcessRecord::name).containsExactly("running");
    }

    @Test
    void shouldReadAFileThatACrashLeftEmptyAsNoProcess() throws Exception {
        Files.createFile(directory.resolve("kafka.process.json"));

        assertThat(processes.find("kafka")).isEmpty();
        assertThat(processes.all()).isEmpty();
    }
}
