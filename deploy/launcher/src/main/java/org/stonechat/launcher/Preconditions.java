package org.stonechat.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.stonechat.parts.Ports;

/// What has to hold before anything is started, each with the sentence for when it does not.
final class Preconditions {

    /// Keycloak unpacked, the applications, and room for data.
    static final long NEEDED_BYTES = 2_000_000_000L;

    private Preconditions() {}

    static void enoughRoom(Path directory) {
        try {
            Files.createDirectories(directory);
            enoughRoom(directory, Files.getFileStore(directory).getUsableSpace());
        } catch (IOException e) {
            throw new Refusal("The directory " + directory + " cannot be used: " + e.getMessage(), e);
        }
    }

    static void enoughRoom(Path directory, long usableBytes) {
        if (usableBytes < NEEDED_BYTES) {
            throw new Refusal(String.format(
                    Locale.ROOT,
                    "There is no room on the disk: Stonechat needs %.1f GB in %s, and %.1f GB are free.",
                    NEEDED_BYTES / 1e9,
                    directory,
                    usableBytes / 1e9));
        }
    }

    /// @param running the process list; what is in it and gone is forgotten
    /// @return the parts that were in the list although their processes are gone
    static List<String> nothingRunning(ProcessList running) {
        List<ProcessRecord> alive = running.alive();
        if (!alive.isEmpty()) {
            throw new Refusal("The platform is running already (" + describe(alive)
                    + "): ./stonechat status shows it, ./stonechat down stops it.");
        }
        return running.forgetDead();
    }

    static void freePorts(List<PartDefinition> parts) {
        List<String> taken = new ArrayList<>();
        for (PartDefinition part : parts) {
            part.ports().forEach((purpose, port) -> {
                if (!Ports.isFree(port)) {
                    taken.add("port " + port + " (" + part.name() + ", " + purpose + ") is taken by "
                            + describe(Ports.listenerOn(port)));
                }
            });
        }
        if (!taken.isEmpty()) {
            String all = String.join("; ", taken);
            throw new Refusal(Character.toUpperCase(all.charAt(0)) + all.substring(1)
                    + ": stop it, or choose other ports with --port-offset.");
        }
    }

    private static String describe(List<ProcessRecord> alive) {
        List<String> names =
                alive.stream().map(ProcessRecord::name).sorted().limit(3).toList();
        return String.join(", ", names)
                + (alive.size() > names.size() ? " and " + (alive.size() - names.size()) + " more" : "");
    }

    private static String describe(Optional<ProcessHandle> owner) {
        return owner.map(process -> "process " + process.pid()
                        + process.info()
                                .command()
                                .map(command -> " (" + Path.of(command).getFileName() + ")")
                                .orElse(""))
                .orElse("a process that cannot be seen from here");
    }
}
