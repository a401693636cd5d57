package org.stonechat.parts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

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
