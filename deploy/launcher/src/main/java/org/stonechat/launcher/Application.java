package org.stonechat.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// A built service as the platform runs it: a copy of what Maven made. A JVM whose jars are replaced under it
/// breaks in strange ways, and a developer should be able to build while a platform runs.
///
/// @param built Maven's output
/// @param installed the copy that is run
record Application(Path built, Path installed) {

    private static final String STAMP = "stonechat-stamp";

    static Application of(Layout layout, String module) {
        return new Application(
                layout.root().resolve(module).resolve("target/quarkus-app"),
                layout.application(Path.of(module).getFileName().toString()));
    }

    String name() {
        return installed.getFileName().toString();
    }

    boolean isBuilt() {
        return Files.exists(built.resolve("quarkus-run.jar"));
    }

    /// Copies what was built, unless that is what was copied before. Must not be called while it runs.
    void install() {
        if (!isBuilt()) {
            throw new Refusal("There is nothing built in " + built + ": run ./stonechat up, or ./mvnw package.");
        }
        try {
            String stamp = stampOf(built);
            Path stampFile = installed.resolve(STAMP);
            if (Files.exists(stampFile) && Files.readString(stampFile).equals(stamp)) {
                return;
            }
            delete(installed);
            copy();
            Files.writeString(stampFile, stamp);
        } catch (IOException e) {
            throw new Refusal("The application in " + built + " could not be copied: " + e.getMessage(), e);
        }
    }

    /// Another one for every build that was installed.
    String stamp() {
        try {
            return Files.readString(installed.resolve(STAMP));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The class path of the application, in Quarkus's own order: what it transformed hides the original.
    ///
    /// Run this way instead of through `quarkus-run.jar`, all classes come through the JVM's own loader, and the
    /// JVM can keep them loaded and linked from one start to the next ([AotCache]).
    String classPath() {
        List<Path> jars = new ArrayList<>();
        for (String directory : List.of("quarkus", "app", "lib/boot", "lib/main")) {
            jars.addAll(jarsIn(installed.resolve(directory)));
        }
        return String.join(
                java.io.File.pathSeparator, jars.stream().map(Path::toString).toList());
    }

    private static List<Path> jarsIn(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            // "transformed-bytecode.jar" before "generated-bytecode.jar".
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted(Comparator.comparing((Path file) ->
                                    !file.getFileName().toString().startsWith("transformed"))
                            .thenComparing(Comparator.naturalOrder()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void copy() throws IOException {
        Files.walkFileTree(built, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(installed.resolve(built.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, installed.resolve(built.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /// The newest change and the number and size of files: enough to see that Maven made another.
    private static String stampOf(Path directory) throws IOException {
        long[] summary = new long[3];
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                summary[0] = Math.max(summary[0], attributes.lastModifiedTime().toMillis());
                summary[1]++;
                summary[2] += attributes.size();
                return FileVisitResult.CONTINUE;
            }
        });
        return String.format(Locale.ROOT, "%d files, %d bytes, changed at %d", summary[1], summary[2], summary[0]);
    }

    static void delete(Path directory) {
        if (!Files.exists(directory, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(
                        Path visited, @org.jspecify.annotations.Nullable IOException failure) throws IOException {
                    Optional<IOException> cause = Optional.ofNullable(failure);
                    if (cause.isPresent()) {
                        throw cause.get();
                    }
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new Refusal(directory + " could not be deleted: " + e.getMessage(), e);
        }
    }
}
