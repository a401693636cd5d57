package org.stonechat.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Where the parts of one test JVM live: below `target`, named after the JVM. What a killed test JVM left
/// behind, running servers included, is cleared away by the next one.
record TestDirectory(Path path) {

    private static final String PROCESS = "process";

    static TestDirectory create(String part) {
        Path all = Path.of("target", "parts").toAbsolutePath();
        try {
            Files.createDirectories(all);
            clearLeftovers(all);
            Path path = Files.createTempDirectory(
                    all, part + "-" + ProcessHandle.current().pid() + "-");
            return new TestDirectory(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One place for all modules, so that the programs are unpacked once per machine.
    static Path sharedDistributions() {
        return Path.of(System.getProperty("java.io.tmpdir"), "stonechat-" + System.getProperty("user.name"));
    }

    /// Records which process to end when this JVM is killed before it can do so itself.
    void belongsTo(long pid) {
        try {
            Files.writeString(path.resolve(PROCESS), Long.toString(pid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void deleteAtExitAfter(Runnable stop) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            stop.run();
            PostgresArchive.delete(path);
        }));
    }

    private static void clearLeftovers(Path all) throws IOException {
        List<Path> directories;
        try (Stream<Path> listed = Files.list(all)) {
            directories = listed.filter(Files::isDirectory).toList();
        }
        for (Path directory : directories) {
            if (isAlive(owner(directory))) {
                continue;
            }
            Path processFile = directory.resolve(PROCESS);
            if (Files.exists(processFile)) {
                ProcessHandle.of(Long.parseLong(Files.readString(processFile)))
                        .filter(process -> isOurs(process, directory))
                        .ifPresent(Processes::killAndAwait);
            }
            PostgresArchive.delete(directory);
        }
    }

    /// The number may belong to something else by now; our servers name their directory on the command line.
    private static boolean isOurs(ProcessHandle process, Path directory) {
        return process.info()
                .commandLine()
                .map(command -> command.contains(directory.toString()))
                .orElse(false);
    }

    private static boolean isAlive(Optional<ProcessHandle> process) {
        return process.map(ProcessHandle::isAlive).orElse(false);
    }

    private static Optional<ProcessHandle> owner(Path directory) {
        String[] name = directory.getFileName().toString().split("-");
        return name.length < 3 ? Optional.empty() : ProcessHandle.of(Long.parseLong(name[1]));
    }
}
