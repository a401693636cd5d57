package org.stonechat.kit.edge;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.crypto.Mac;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.CommonError;
import org.stonechat.kit.problem.ProblemException;

/// A body that is written to a file while its signature is computed: until that fits, nothing of it is worth memory.
public final class SpooledBody implements AutoCloseable {

    private static final int BUFFER = 16 * 1024;

    private final Path file;
    private final long size;
    private final byte[] code;

    private SpooledBody(Path file, long size, byte[] code) {
        this.file = file;
        this.size = size;
        this.code = code;
    }

    /// @param mac    has what precedes the body already
    /// @param limit  in bytes
    /// @throws ProblemException 413
    public static SpooledBody of(@Nullable InputStream body, Mac mac, long limit) throws IOException {
        Path file = Files.createTempFile("body-", ".part");
        try {
            long size = body == null ? 0 : copy(body, file, mac, limit);
            return new SpooledBody(file, size, mac.doFinal());
        } catch (IOException | RuntimeException failure) {
            Files.deleteIfExists(file);
            throw failure;
        }
    }

    private static long copy(InputStream body, Path file, Mac mac, long limit) throws IOException {
        long size = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                size += read;
                if (size > limit) {
                    throw new ProblemException(
                            CommonError.PAYLOAD_TOO_LARGE, "A body may have at most " + limit + " bytes here.");
                }
                mac.update(buffer, 0, read);
                out.write(buffer, 0, read);
            }
        }
        return size;
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
    }
}
