package org.stonechat.kit.blob;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/// Bytes on their way in: written to a temporary file while they are hashed, never held in memory as a whole.
final class SpooledBlob implements AutoCloseable {

    private static final int BUFFER = 64 * 1024;

    private final Path file;
    private final BlobRef ref;

    private SpooledBlob(Path file, BlobRef ref) {
        this.file = file;
        this.ref = ref;
    }

    /// @param directory where the temporary file goes; on the file system of its final place, if it has one
    static SpooledBlob of(InputStream bytes, Path directory) {
        Path file = null;
        try {
            file = Files.createTempFile(directory, "incoming-", ".part");
            MessageDigest digest = Sha256.digest();
            long size = 0;
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                byte[] buffer = new byte[BUFFER];
                for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
                    digest.update(buffer, 0, read);
                    size += read;
                    ByteBuffer rest = ByteBuffer.wrap(buffer, 0, read);
                    while (rest.hasRemaining()) {
                        channel.write(rest);
                    }
                }
                channel.force(true);
            }
            return new SpooledBlob(file, new BlobRef(Sha256.nameOf(digest), size));
        } catch (IOException failure) {
            if (file != null) {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException second) {
                    failure.addSuppressed(second);
                }
            }
            throw new UncheckedIOException("a blob could not be received", failure);
        }
    }

    Path file() {
        return file;
    }

    BlobRef ref() {
        return ref;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw new UncheckedIOException("a temporary file could not be deleted", failure);
        }
    }
}
