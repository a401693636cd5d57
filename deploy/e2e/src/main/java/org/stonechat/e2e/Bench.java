package org.stonechat.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.stonechat.e2e.bench.Benchmark;
import org.stonechat.e2e.bench.Plan;
import org.stonechat.e2e.bench.Report;
import org.stonechat.e2e.client.Disappointment;
import org.stonechat.launcher.Platform;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Measures the running platform against a floor taken in the same run; behind `./stonechat bench`.
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the running platform against a floor taken in the same run.",
            "Prints a table, and writes it to target/bench.json. An aim that is missed is shown, and is no failure."
        })
public final class Bench implements Callable<Integer> {

    /// Held, because a logger that nobody holds forgets its level.
    private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

    @Option(names = "--port-offset", description = "Of the platform to measure.")
    int portOffset;

    @Option(names = "--quick", description = "A short look instead of the full run.")
    boolean quick;

    private Bench() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Bench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        KAFKA.setLevel(Level.WARNING);
        Path root = Path.of(System.getenv().getOrDefault("STONECHAT_ROOT", "."));
        Platform platform = Platform.in(root, portOffset);
        if (!platform.isRunning()) {
            System.err.println("There is no platform running here: start one with ./stonechat up first.");
            return 1;
        }
        InstantSource clock = InstantSource.system();
        Instant began = clock.instant();
        Path file = platform.root().resolve("target/bench.json");
        // A run that ends early must not leave the figures of an earlier one.
        Files.deleteIfExists(file);
        try {
            Report report =
                    new Benchmark(platform, quick ? Plan.quick() : Plan.full(), clock, System.out::println).run();
            report.write(file);
            System.out.println();
            System.out.print(report.table());
            System.out.println();
            System.out.println(
                    (report.missed() == 0 ? "Every aim was reached." : report.missed() + " aims were missed.")
                            + (quick ? " A quick look; the full run is the measure." : "")
                            + " It took "
                            + Duration.between(began, clock.instant()).toSeconds() + " s; also in "
                            + platform.root().relativize(file) + ".");
            return 0;
        } catch (Disappointment e) {
            System.err.println();
            System.err.println("The bench ends here: " + e.getMessage());
            return 1;
        }
    }
}
