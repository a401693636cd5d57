package org.stonechat.launcher;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.stonechat.parts.Ports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PreconditionsTest {

    private static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void shouldSayHowMuchRoomIsMissing() {
        assertThatThrownBy(() -> Preconditions.enoughRoom(Path.of("/data"), 300_000_000L))
                .isInstanceOf(Refusal.class)
                .hasMessage("There is no room on the disk: Stonechat needs 2.0 GB in /data, and 0.3 GB are free.");
    }

    @Test
    void shouldBeContentWithEnoughRoom() {
        assertThatCode(() -> Preconditions.enoughRoom(Path.of("/data"), 5_000_000_000L))
                .doesNotThrowAnyException();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldNameATakenPortItsPurposeAndItsOwner() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Preconditions.freePorts(List.of(partOn("gateway", taken.getLocalPort()))))
                    .isInstanceOf(Refusal.class)
                    .hasMessage("Port " + taken.getLocalPort() + " (gateway, HTTP) is taken by process "
                            + ProcessHandle.current().pid()
                            + " (java): stop it, or choose other ports with --port-offset.");
        }
    }

    @Test
    void shouldBeContentWithFreePorts() {
        assertThatCode(() -> Preconditions.freePorts(List.of(partOn("gateway", Ports.free()))))
                .doesNotThrowAnyException();
    }

    @Test
    void shouldRefuseASecondStart() {
        ProcessList processes = new ProcessList(directory);
        processes.put(ProcessRecord.of("kafka", ProcessHandle.current(), List.of(), NOW));

        assertThatThrownBy(() -> Preconditions.nothingRunning(processes))
                .isInstanceOf(Refusal.class)
                .hasMessage(
                        "The platform is running already (kafka): ./stonechat status shows it, ./stonechat down stops"
                                + " it.");
    }

    @Test
    void shouldClearAProcessListThatACrashOfTheMachineLeft() {
        ProcessList processes = new ProcessList(directory);
        processes.put(new ProcessRecord("kafka", ProcessHandle.current().pid(), NOW, List.of(), false));

        assertThat(Preconditions.nothingRunning(processes)).containsExactly("kafka");

        assertThat(processes.all()).isEmpty();
    }

    private static PartDefinition partOn(String name, int port) {
        return new PartDefinition(
                name,
                Map.of("HTTP", port),
                URI.create("http://localhost:" + port),
                List.of(),
                "TERM",
                Duration.ofSeconds(1),
                () -> new Launch(List.of("true"), Map.of()),
                () -> true,
                () -> {});
    }
}
