package org.stonechat.kit.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.crypto.Mac;

import org.jspecify.annotations.Nullable;
import org.stonechat.http.BytesInFlight;
import org.stonechat.kit.problem.CommonError;
import org.stonechat.kit.problem.ProblemException;

/// A body that is written to a file while its signature is computed: until that fits, nothing of it is worth memory.
public final class SpooledBody implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;

    private final Path file;
    private final BytesInFlight room;
    private long size;
    private byte[] code = {};

    private SpooledBody(Path file, BytesInFlight room) {
        this.file = file;
        this.room = room;
    }

    /// @param mac    has what precedes the body already
    /// @param limit  in bytes
    /// @param room   for all such bodies
    /// @throws ProblemException 413, or 503 when there is no room
    static SpooledBody of(@Nullable InputStream body, Mac mac, long limit, BytesInFlight room) throws IOException {
        SpooledBody spooled = new SpooledBody(Files.createTempFile("body-", ".part"), room);
        try {
            if (body != null) {
                spooled.copy(body, mac, limit);
            }
            spooled.code = mac.doFinal();
            return spooled;
        } catch (IOException | RuntimeException failure) {
            spooled.close();
            throw failure;
        }
    }

    private void copy(InputStream body, Mac mac, long limit) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                if (!room.take(read)) {
                    throw HeldBodies.noRoom();
                }
                size += read;
                if (size > limit) {
                    throw new ProblemException(
                            CommonError.PAYLOAD_TOO_LARGE, "A body may have at most " + limit + " bytes here.");
                }
                mac.update(buffer, 0, read);
                out.write(buffer, 0, read);
            }
        }
    }

    public long size() {
        return size;
    }

    /// The message authentication code of what precedes the body and the body.
    public byte[] code() {
        return Arrays.copyOf(code, code.length);
    }

    public InputStream open() throws IOException {
        return Files.newInputStream(file);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        room.giveBack(size);
        size = 0;
    }
}
