package org.stonechat.notification.world;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/// Stands before the IMAP server and passes everything on, but for the first mail of each mailbox when a test wants
/// that one kept: then it says no, or hangs up.
final class ImapDoor implements Closeable {

    /// Read across class loaders, so it is a property of the system.
    static final String BEHAVIOUR = "stonechat.test.imap-door";

    private static final Pattern BODY_OF_THE_FIRST = Pattern.compile("\\S+ FETCH 1 \\(BODY.*", Pattern.DOTALL);

    private final ServerSocket door;
    private final int behind;

    private ImapDoor(ServerSocket door, int behind) {
        this.door = door;
        this.behind = behind;
    }

    static ImapDoor before(int port) {
        try {
            ImapDoor door = new ImapDoor(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
            Thread.ofVirtual().start(door::open);
            return door;
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    int port() {
        return door.getLocalPort();
    }

    private void open() {
        try {
            while (true) {
                Socket client = door.accept();
                Thread.ofVirtual().start(() -> pass(client));
            }
        } catch (IOException closed) {
            // The tests are over.
        }
    }

    private void pass(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
            OutputStream answers = client.getOutputStream();
            Thread.ofVirtual().start(() -> copy(server, client, answers));
            InputStream commands = new BufferedInputStream(client.getInputStream());
            byte[] line;
            while ((line = line(commands)).length > 0) {
                String command = new String(line, StandardCharsets.ISO_8859_1).toUpperCase(Locale.ROOT);
                String behaviour = System.getProperty(BEHAVIOUR, "");
                if (!behaviour.isEmpty() && BODY_OF_THE_FIRST.matcher(command).matches()) {
                    if (behaviour.equals("hangs up")) {
                        return;
                    }
                    String tag = command.substring(0, command.indexOf(' '));
                    answers.write((tag + " NO it is damaged\r\n").getBytes(StandardCharsets.ISO_8859_1));
                    answers.flush();
                } else {
                    server.getOutputStream().write(line);
                    server.getOutputStream().flush();
                }
            }
        } catch (IOException gone) {
            // One of both has hung up.
        }
    }

    private static void copy(Socket server, Socket client, OutputStream answers) {
        try (client) {
            server.getInputStream().transferTo(answers);
        } catch (IOException gone) {
            // One of both has hung up.
        }
    }

    private static byte[] line(InputStream commands) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next;
        while ((next = commands.read()) >= 0) {
            line.write(next);
            if (next == '\n') {
                break;
            }
        }
        return line.toByteArray();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
