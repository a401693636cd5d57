package org.stonechat.launcher;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A platform's data is letters, names and addresses: its files are their owner's alone.
final class Privacy {

    private static final Set<PosixFilePermission> OWNER = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);
    private static final FileAttribute<?> NEW_DIRECTORY = PosixFilePermissions.asFileAttribute(OWNER);
    private static final FileAttribute<?> NEW_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private Privacy() {}

    /// The command, in the same process, making files that are its owner's alone.
    static List<String> alone(List<String> command) {
        return Stream.concat(Stream.of("sh", "-c", "umask 077; exec \"$@\"", "sh"), command.stream())
                .toList();
    }

    /// Makes the directory with those above it that are missing; one that is there becomes its owner's alone.
    static void directory(Path directory) throws IOException {
        Files.createDirectories(directory, NEW_DIRECTORY);
        close(directory);
    }

    /// Makes an empty file unless there is one.
    static void file(Path file) throws IOException {
        try {
            Files.createFile(file, NEW_FILE);
        } catch (FileAlreadyExistsException there) {
            close(file);
        }
    }

    /// Takes everybody else's rights from what lies in the directory, as versions before this left it.
    static void closeAll(Path top) throws IOException {
        if (!Files.exists(top, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(top, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                close(directory);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                // A link has no rights of its own, and what it names may be somebody else's.
                if (!attributes.isSymbolicLink()) {
                    close(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
    }

    private static void close(Path path) throws IOException {
        Set<PosixFilePermission> now = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        if (!OWNER.containsAll(now)) {
            Set<PosixFilePermission> own = EnumSet.copyOf(OWNER);
            own.retainAll(now);
            Files.setPosixFilePermissions(path, own);
        }
    }
}
