package org.stonechat.launcher.command;

import java.nio.file.Path;

import org.stonechat.launcher.Platform;
import org.stonechat.launcher.Refusal;

import picocli.CommandLine.Option;

/// What every word understands.
final class PlatformOptions {

    private static final int HIGHEST_PORT = 65_535;
    private static final int HIGHEST_BASE_PORT = 19_093;

    @Option(
            names = "--port-offset",
            paramLabel = "N",
            defaultValue = "0",
            description = {
                "Added to every port, so that several platforms fit on one machine; each has its own data.",
                "1000 keeps clear of a platform without an offset."
            })
    int portOffset;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this.")
    boolean help;

    /// The checkout, as the script knows it.
    static Path root() {
        return Path.of(System.getenv().getOrDefault("STONECHAT_ROOT", "."))
                .toAbsolutePath()
                .normalize();
    }

    Platform platform() {
        if (portOffset < 0 || portOffset > HIGHEST_PORT - HIGHEST_BASE_PORT) {
            throw new Refusal("The port offset has to lie between 0 and " + (HIGHEST_PORT - HIGHEST_BASE_PORT) + ".");
        }
        return Platform.in(root(), portOffset);
    }
}
