package org.stonechat.kit.blob;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/// Blobs as files, `<root>/<prefix>/ab/cd/abcd…`; a file with its final name is complete and durable.
final class DirectoryBlobStore implements BlobStore {

    private static final String INCOMING = "incoming";

    private final Path root;
    private final String prefix;
    private final Consumer<BlobRef> register;

    /// @param register told of a blob before its bytes get their final place
    DirectoryBlobStore(Path root, String prefix, Consumer<BlobRef> register) {
        this.root = root;
        this.prefix = Sha256.requirePrefix(prefix);
        this.register = register;
    }

    @Override
    public BlobRef put(InputStream bytes) {
        try {
            Path incoming = Files.createDirectories(root.resolve(prefix).resolve(INCOMING));
            try (SpooledBlob spooled = SpooledBlob.of(bytes, incoming)) {
                register.accept(spooled.ref());
                place(spooled);
                return spooled.ref();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("a blob could not be stored", failure);
        }
    }

    @Override
    public InputStream open(String sha256) {
        return open(prefix, sha256);
    }

    @Override
    public InputStream open(String sha256, long first, long length) {
        Sha256.requireRange(first, length);
        try {
            SeekableByteChannel channel = Files.newByteChannel(path(prefix, sha256), StandardOpenOption.READ);
            channel.position(first);
            return new BoundedStream(Channels.newInputStream(channel), length);
        } catch (NoSuchFileException absent) {
            throw new BlobNotFoundException(sha256);
        } catch (IOException failure) {
            throw new UncheckedIOException("a blob could not be opened", failure);
        }
    }

    /// The beginning of another stream.
    private static final class BoundedStream extends FilterInputStream {

        private long left;

        BoundedStream(InputStream whole, long length) {
            super(whole);
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            int read = left == 0 ? -1 : super.read();
            left -= read < 0 ? 0 : 1;
            return read;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0 && length > 0) {
                return -1;
            }
            int read = super.read(into, offset, (int) Math.min(length, left));
            left -= Math.max(read, 0);
            return read;
        }

        @Override
        public long skip(long count) throws IOException {
            long skipped = super.skip(Math.min(count, left));
            left -= skipped;
            return skipped;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(super.available(), left);
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }

    @Override
    public boolean contains(String sha256) {
        return Files.exists(path(prefix, sha256));
    }

    /// The bytes are hashed again on the way, so that a damaged file does not spread under a good name.
    @Override
    public BlobRef copyFrom(String otherServicePrefix, String sha256) {
        try (InputStream bytes = open(otherServicePrefix, sha256)) {
            BlobRef copied = put(bytes);
            if (!copied.sha256().equals(sha256)) {
                throw new IllegalStateException("the blob " + sha256 + " of " + otherServicePrefix + " is damaged");
            }
            return copied;
        } catch (IOException failure) {
            throw new UncheckedIOException("a blob could not be copied", failure);
        }
    }

    @Override
    public void delete(String sha256) {
        try {
            Files.deleteIfExists(path(prefix, sha256));
        } catch (IOException failure) {
            throw new UncheckedIOException("a blob could not be deleted", failure);
        }
    }

    private void place(SpooledBlob spooled) throws IOException {
        String sha256 = spooled.ref().sha256();
        if (contains(sha256)) {
            return;
        }
        Path service = root.resolve(prefix);
        Path outer = service.resolve(outer(sha256));
        Path inner = outer.resolve(inner(sha256));
        boolean fresh = !Files.isDirectory(inner);
        Files.createDirectories(inner);
        Files.move(spooled.file(), inner.resolve(sha256), StandardCopyOption.ATOMIC_MOVE);
        // A name is durable only once its directory is.
        force(inner);
        if (fresh) {
            force(outer);
            force(service);
        }
    }

    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private InputStream open(String ofPrefix, String sha256) {
        try {
            return Files.newInputStream(path(ofPrefix, sha256));
        } catch (NoSuchFileException absent) {
            throw new BlobNotFoundException(sha256);
        } catch (IOException failure) {
            throw new UncheckedIOException("a blob could not be opened", failure);
        }
    }

    private Path path(String ofPrefix, String sha256) {
        Sha256.requireName(sha256);
        return root.resolve(Sha256.requirePrefix(ofPrefix))
                .resolve(outer(sha256))
                .resolve(inner(sha256))
                .resolve(sha256);
    }

    private static String outer(String sha256) {
        return sha256.substring(0, 2);
    }

    private static String inner(String sha256) {
        return sha256.substring(2, 4);
    }
}
