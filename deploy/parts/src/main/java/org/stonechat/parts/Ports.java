package org.stonechat.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

import org.jspecify.annotations.Nullable;

/// What can be known about TCP ports of this machine.
public final class Ports {

    /// The state `LISTEN` in the tables under `/proc/net`.
    private static final String LISTENING = "0A";

    private static final int LOWEST_OF_OURS = 28_000;
    private static final int HIGHEST_OF_OURS = 31_000;

    private Ports() {}

    /// A port nobody listens on at the moment of asking, and that neither this process nor another one of this
    /// user has been given, as long as it lives. It is below those that Linux hands out to outgoing connections:
    /// a server may be killed and started again there without another connection taking its port meanwhile. No
    /// part of a platform has its usual port there, with or without an offset of ours.
    public static int free() {
        for (int tries = 0; tries < 200; tries++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST_OF_OURS, HIGHEST_OF_OURS);
            // First, because asking whether it is free takes it for a moment.
            if (isGivenToUs(port) && isFree(port)) {
                return port;
            }
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port on this machine", e);
        }
    }

    private static boolean isGivenToUs(int port) {
        FileChannel given = Given.CHANNEL;
        if (given == null) {
            return true;
        }
        try {
            return given.tryLock(port, 1, false) != null;
        } catch (OverlappingFileLockException givenHereBefore) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot note that port " + port + " is in use", e);
        }
    }

    /// One byte of a file per port: who has that byte's lock has been given the port. Closing the file would give
    /// all of them back, so it stays open; a process that ends in any way loses its locks.
    private static final class Given {

        /// Null where there is no place for such a file; then chance alone keeps two from getting one port.
        private static final @Nullable FileChannel CHANNEL = open();

        private static @Nullable FileChannel open() {
            String name = "stonechat-ports-" + System.getProperty("user.name");
            try {
                return FileChannel.open(
                        Path.of(System.getProperty("java.io.tmpdir"), name),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
            } catch (IOException noPlace) {
                return null;
            }
        }
    }

    /// True when a server of ours could listen on the port and nobody answers there, on IPv4 and IPv6 alike.
    public static boolean isFree(int port) {
        return !answers("127.0.0.1", port) && !answers("::1", port) && canListen(port);
    }

    private static boolean answers(String host, int port) {
        // Binding alone does not tell: on macOS a loopback bind succeeds beside a server on the wildcard address.
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), 500);
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static boolean canListen(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // A port whose last connections are still in TIME_WAIT counts as free, as it does for the servers.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress("127.0.0.1", port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    /// The process that listens on the port, where the operating system tells: on Linux, for processes whose
    /// open files the caller may see.
    public static Optional<ProcessHandle> listenerOn(int port) {
        Set<String> sockets = new HashSet<>();
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            collectListeningSockets(Path.of(table), port, sockets);
        }
        if (sockets.isEmpty()) {
            return Optional.empty();
        }
        return ProcessHandle.allProcesses()
                .filter(process -> holdsAny(process, sockets))
                .findFirst();
    }

    private static void collectListeningSockets(Path table, int port, Set<String> sockets) {
        if (!Files.isReadable(table)) {
            return;
        }
        String suffix = String.format(Locale.ROOT, ":%04X", port);
        try {
            for (String line : Files.readAllLines(table)) {
                String[] columns = line.trim().split("\\s+");
                if (columns.length > 9 && columns[1].endsWith(suffix) && columns[3].equals(LISTENING)) {
                    sockets.add("socket:[" + columns[9] + "]");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean holdsAny(ProcessHandle process, Set<String> sockets) {
        Path descriptors = Path.of("/proc", Long.toString(process.pid()), "fd");
        try (DirectoryStream<Path> open = Files.newDirectoryStream(descriptors)) {
            for (Path descriptor : open) {
                if (sockets.contains(Files.readSymbolicLink(descriptor).toString())) {
                    return true;
                }
            }
            return false;
        } catch (IOException | java.nio.file.DirectoryIteratorException goneOrForeign) {
            return false;
        }
    }
}
