package org.stonechat.parts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

class PortsTest {

    @Test
    void shouldCallAPortTakenWhileSomebodyListens() throws IOException {
        int port;
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = listening.getLocalPort();
            assertThat(Ports.isFree(port)).isFalse();
        }
        assertThat(Ports.isFree(port)).isTrue();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldNotOfferWhatAnOutgoingConnectionMayGet() throws IOException {
        // All at once: such a file has nothing to say to whoever asks for the rest of it.
        String lowest = Files.readAllLines(Path.of("/proc/sys/net/ipv4/ip_local_port_range"))
                .getFirst()
                .split("\\s+")[0];
        Assumptions.assumeTrue(Integer.parseInt(lowest) >= 31_000, "the usual range");

        int port = Ports.free();

        assertThat(port).isLessThan(Integer.parseInt(lowest));
        assertThat(Ports.isFree(port)).isTrue();
    }

    @Test
    void shouldGiveNoPortTwice() {
        // Among 3,000 ports, 300 picked without a memory would all differ once in five million runs.
        assertThat(Stream.generate(Ports::free).limit(300)).doesNotHaveDuplicates();
    }

    @Test
    void shouldNotGiveAPortThatAnotherProcessWasGiven() throws Exception {
        Process other = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TakesPorts.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader given = other.inputReader()) {
            List<Integer> taken =
                    Stream.of(given.readLine().split(" ")).map(Integer::valueOf).toList();

            assertThat(taken).hasSize(TakesPorts.COUNT);
            assertThat(Stream.generate(Ports::free).limit(TakesPorts.COUNT)).doesNotContainAnyElementsOf(taken);
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    /// Is given ports, says which, and lives until it is killed, or until who started it is gone.
    static final class TakesPorts {
        static final int COUNT = 200;

        static void main() throws IOException {
            System.out.println(Stream.generate(Ports::free)
                    .limit(COUNT)
                    .map(String::valueOf)
                    .collect(Collectors.joining(" ")));
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }

    @Test
    void shouldSeeAServerOnTheWildcardAddress() throws IOException {
        try (ServerSocket listening = new ServerSocket(0)) {
            assertThat(Ports.isFree(listening.getLocalPort())).isFalse();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void shouldNameTheListeningProcess() throws IOException {
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Ports.listenerOn(listening.getLocalPort()).map(ProcessHandle::pid))
                    .contains(ProcessHandle.current().pid());
        }
    }
}
