package org.stonechat.parts;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The PostgreSQL programs for this operating system and processor, as they lie compressed on the class path.
record PostgresArchive(String resource) {

    private static final Object UNPACKING = new Object();

    static PostgresArchive ofThisMachine() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static PostgresArchive of(String operatingSystem, String processor) {
        String system = operatingSystem.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        String architecture = switch (processor) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default ->
                throw new PartFailure("There is no PostgreSQL for the processor " + processor + " in the build.");
        };
        return new PostgresArchive("postgres-" + system + "-" + architecture + ".txz");
    }

    /// Unpacks the programs below the given directory unless they lie there already, and returns their root
    /// (with `bin`, `lib` and `share`). Safe against other processes doing the same at the same time.
    Path unpackBelow(Path directory) {
        URL archive = PostgresArchive.class.getResource("/" + resource);
        if (archive == null) {
            throw new PartFailure("The PostgreSQL programs for this machine ("
                    + resource
                    + ") are not on the class path: build on the same kind of machine.");
        }
        try {
            Files.createDirectories(directory);
            Path lockFile = directory.resolve("unpacking.lock");
            // A file lock holds between processes, the monitor between threads of this one.
            synchronized (UNPACKING) {
                try (FileChannel channel =
                                FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        var lock = channel.lock()) {
                    Path root = directory.resolve(nameOf(archive));
                    if (!Files.isDirectory(root)) {
                        unpack(archive, root);
                    }
                    return root;
                }
            }
        } catch (IOException e) {
            throw new PartFailure(
                    "The PostgreSQL programs could not be unpacked into " + directory + ": " + e.getMessage(), e);
        }
    }

    /// The size tells one release of the archive from the next; the jars carry no version inside.
    private String nameOf(URL archive) throws IOException {
        URLConnection connection = archive.openConnection();
        connection.setUseCaches(false);
        try (InputStream opened = connection.getInputStream()) {
            return resource.replace(".txz", "-" + connection.getContentLengthLong());
        }
    }

    private static void unpack(URL archive, Path root) throws IOException {
        Path unfinished = root.resolveSibling(root.getFileName() + ".unfinished");
        delete(unfinished);
        Files.createDirectories(unfinished);
        try (InputStream packed = archive.openStream();
                TarArchiveInputStream entries =
                        new TarArchiveInputStream(new BufferedInputStream(new XZInputStream(packed), 1 << 16))) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                write(entry, entries, unfinished);
            }
        }
        Files.move(unfinished, root, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void write(TarArchiveEntry entry, InputStream content, Path root) throws IOException {
        Path target = root.resolve(entry.getName()).normalize();
        if (!target.startsWith(root)) {
            throw new IOException("entry outside of the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Path parent = target.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(content, target);
        boolean executable = (entry.getMode() & 0100) != 0;
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
    }

    static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
