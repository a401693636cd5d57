package org.stonechat.e2e.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/// HTTP/1.1 over one connection that is kept, with next to no work on the client's side: what runs beside the
/// platform on the same two cores must not be most of what is measured.
final class Wire implements AutoCloseable {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int SILENCE_MILLIS = 30_000;

    private final URI origin;
    private @Nullable Connection connection;

    private record Connection(Socket socket, InputStream in) {}

    /// @param status of the answer
    /// @param body   all of it
    record Answer(int status, byte[] body) {

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    Wire(URI origin) {
        this.origin = origin;
    }

    Answer get(String path, String token) throws IOException {
        return exchange(head("GET", path, token) + "\r\n", new byte[0]);
    }

    Answer post(String path, String token, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        return exchange(
                head("POST", path, token) + "Content-Type: application/json\r\nContent-Length: " + body.length
                        + "\r\n\r\n",
                body);
    }

    private String head(String method, String path, String token) {
        return method + " " + path + " HTTP/1.1\r\nHost: " + origin.getAuthority()
                + "\r\nAccept: application/json\r\nAuthorization: Bearer " + token + "\r\n";
    }

    private Answer exchange(String head, byte[] body) throws IOException {
        Connection current = connection;
        if (current == null) {
            current = open();
            connection = current;
        }
        ByteArrayOutputStream request = new ByteArrayOutputStream(head.length() + body.length);
        request.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body);
        current.socket().getOutputStream().write(request.toByteArray());
        return answer(current.in());
    }

    private Connection open() throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(SILENCE_MILLIS);
        socket.connect(new InetSocketAddress(origin.getHost(), origin.getPort()), CONNECT_MILLIS);
        return new Connection(socket, new BufferedInputStream(socket.getInputStream(), 16 * 1024));
    }

    private Answer answer(InputStream in) throws IOException {
        int status = Integer.parseInt(line(in).split(" ", 3)[1]);
        int length = 0;
        boolean chunked = false;
        boolean last = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            int colon = header.indexOf(':');
            String value = header.substring(colon + 1).strip();
            switch (header.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "content-length" -> length = Integer.parseInt(value);
                case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
                case "connection" -> last = value.equalsIgnoreCase("close");
                default -> {
                    // Nothing here depends on the others.
                }
            }
        }
        byte[] body = chunked ? chunks(in) : exactly(in, length);
        if (last) {
            close();
        }
        return new Answer(status, body);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int length = Integer.parseInt(line(in).split(";", 2)[0].strip(), 16);
            if (length == 0) {
                while (!line(in).isEmpty()) {
                    // Trailers say nothing here.
                    continue;
                }
                return body.toByteArray();
            }
            body.writeBytes(exactly(in, length));
            line(in);
        }
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the answer broke off");
        }
        return bytes;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection was closed");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        Connection current = connection;
        connection = null;
        if (current != null) {
            try {
                current.socket().close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
