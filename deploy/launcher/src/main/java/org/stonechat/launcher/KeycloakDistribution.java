package org.stonechat.launcher;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// Keycloak as it is published: fetched through Maven, unpacked, and built for our options once. Every
/// platform of this checkout uses the same programs with a home of its own, so each has its own data.
final class KeycloakDistribution {

    private static final String BUILT = "stonechat-built";
    private static final List<String> LINKED = List.of("lib", "conf", "providers", "themes", "version.txt");

    private final Path distributions;
    private final Maven maven;
    private final String version;

    KeycloakDistribution(Path distributions, Maven maven, String version) {
        this.distributions = distributions;
        this.maven = maven;
        this.version = version;
    }

    boolean isReady() {
        return Files.exists(unpacked().resolve(BUILT));
    }

    /// Makes the programs ready; takes half a minute the first time.
    Path programs() {
        Path unpacked = unpacked();
        if (!isReady()) {
            try {
                Files.createDirectories(distributions);
                unpack(fetch(), unpacked);
                build(unpacked);
                Files.createFile(unpacked.resolve(BUILT));
            } catch (IOException e) {
                throw new Refusal("Keycloak could not be unpacked into " + unpacked + ": " + e.getMessage(), e);
            }
        }
        return unpacked;
    }

    /// A home directory that shares the programs and has its own data.
    void makeHome(Path home, Realm realm) {
        Path programs = programs();
        try {
            Files.createDirectories(home);
            for (String name : LINKED) {
                Path link = home.resolve(name);
                Files.deleteIfExists(link);
                Files.createSymbolicLink(link, programs.resolve(name));
            }
            realm.place(home.resolve("data"));
        } catch (IOException e) {
            throw new Refusal("Keycloak's home " + home + " could not be made: " + e.getMessage(), e);
        }
    }

    static List<String> command(Path home, List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Java.program());
        command.addAll(Java.SMALL);
        command.addAll(List.of(
                Java.heap(224),
                "-XX:MaxMetaspaceSize=256m",
                Java.QUICKLY_COMPILED,
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.base/java.security=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
                        + "io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-Dpicocli.disable.closures=true",
                "-Dkc.home.dir=" + home,
                "-Djboss.server.config.dir=" + home.resolve("conf")));
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                home.resolve("lib/quarkus-run.jar").toString(),
                "io.quarkus.bootstrap.runner.QuarkusEntryPoint"));
        command.addAll(arguments);
        return command;
    }

    private Path unpacked() {
        return distributions.resolve("keycloak-" + version);
    }

    private Path fetch() {
        Path archive = distributions.resolve("keycloak-quarkus-dist-" + version + ".tar.gz");
        if (!Files.exists(archive)) {
            maven.copyArtifact("org.keycloak:keycloak-quarkus-dist:" + version + ":tar.gz", distributions);
        }
        return archive;
    }

    private static void unpack(Path archive, Path target) throws IOException {
        Path unfinished = target.resolveSibling(target.getFileName() + ".unfinished");
        Application.delete(unfinished);
        Application.delete(target);
        try (InputStream packed = Files.newInputStream(archive);
                TarArchiveInputStream entries = new TarArchiveInputStream(
                        new GZIPInputStream(new BufferedInputStream(packed, 1 << 16), 1 << 16))) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                write(entry, entries, unfinished);
            }
        }
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
        // It can be had again, and weighs as much as everything else together.
        Files.delete(archive);
    }

    private static void write(TarArchiveEntry entry, InputStream content, Path root) throws IOException {
        // The archive has one directory at its top.
        Path inside = Path.of(entry.getName());
        if (inside.getNameCount() < 2) {
            return;
        }
        Path target = root.resolve(inside.subpath(1, inside.getNameCount())).normalize();
        if (!target.startsWith(root)) {
            throw new IOException("entry outside of the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        Files.copy(content, target);
        if ((entry.getMode() & 0100) != 0) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /// What Keycloak otherwise works out at every start.
    private void build(Path programs) throws IOException {
        Path log = distributions.resolve("keycloak-build.log");
        Process build = new ProcessBuilder(
                        command(programs, List.of(), List.of("build", "--db=dev-file", "--health-enabled=true")))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            if (build.waitFor() != 0) {
                throw new Refusal("Keycloak could not be built for this platform; the log ends with:\n"
                        + org.stonechat.parts.Processes.lastLines(log, 15));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            build.destroy();
            throw new Refusal("Interrupted while building Keycloak.", e);
        }
    }
}
