package org.stonechat.review;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Somebody else's host: keeps all it is told, and answers with whatever it likes.
public final class Listener implements AutoCloseable {

    /// What is said to a caller once his request is there.
    @FunctionalInterface
    public interface Manners {
        void answer(OutputStream caller) throws IOException;
    }

    private final ServerSocket listening;
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final Manners manners;

    public Listener(Manners manners) {
        this.manners = manners;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException("no port for the listener", failure);
        }
        Thread.ofVirtual().start(this::listen);
    }

    /// Says something and hangs up.
    public static Listener saying(String answer) {
        return new Listener(caller -> {
            caller.write(answer.getBytes(StandardCharsets.UTF_8));
            caller.close();
        });
    }

    private static final class Heard {

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        private synchronized void more(byte[] some, int count) {
            bytes.write(some, 0, count);
        }

        private synchronized String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    private void listen() {
        while (!listening.isClosed()) {
            try {
                Socket caller = listening.accept();
                Thread.ofVirtual().start(() -> hear(caller));
            } catch (SocketException over) {
                return;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    private void hear(Socket caller) {
        Heard one = new Heard();
        heard.add(one);
        try (caller;
                InputStream in = caller.getInputStream()) {
            byte[] piece = new byte[8192];
            int count = in.read(piece);
            if (count > 0) {
                one.more(piece, count);
                manners.answer(caller.getOutputStream());
            }
            while (!caller.isClosed() && (count = in.read(piece)) > 0) {
                one.more(piece, count);
            }
        } catch (SocketException hungUp) {
            // It is how a call ends that has no patience left; what was heard until then is kept.
            one.more(new byte[0], 0);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// All that was said to it.
    public List<String> heard() {
        return heard.stream().map(Heard::text).toList();
    }

    public String url() {
        return "http://localhost:" + listening.getLocalPort();
    }

    public int port() {
        return listening.getLocalPort();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
