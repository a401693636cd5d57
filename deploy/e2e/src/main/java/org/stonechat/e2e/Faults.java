package org.stonechat.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;

import org.stonechat.e2e.client.Disappointment;
import org.stonechat.e2e.faults.Report;
import org.stonechat.e2e.faults.Siege;
import org.stonechat.launcher.FaultsRule;
import org.stonechat.launcher.Platform;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Kills parts of a running platform under load and counts; behind `./stonechat faults`.
@Command(
        name = "faults",
        mixinStandardHelpOptions = true,
        description = {
            "Kills parts of the running platform with kill -9 while clients work with it, restarts them, and counts from",
            "the clients' own journal, over the API and in the mailboxes: what was acknowledged exists once, every event",
            "had its effect once, every mail was sent once or its doubt is recorded.",
            "It works in the department Northwind Shop of the demo world; what it writes stays there.",
            "Prints a table, and writes target/faults.json and target/faults-journal.ndjson.",
            FaultsRule.MEANING,
            FaultsRule.EXIT_CODE
        })
public final class Faults implements Callable<Integer> {

    /// Held, because a logger that nobody holds forgets its level.
    private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

    @Option(names = "--port-offset", description = "Of the platform to use.")
    int portOffset;

    @Option(names = "--quick", description = FaultsRule.QUICK)
    boolean quick;

    @Option(names = "--seed", paramLabel = "N", description = "Decides the moments of the kills; 1 unless given.")
    long seed = 1;

    @Option(
            names = "--target",
            paramLabel = "X",
            split = ",",
            description = "Only these, of: ticket-service, review-ingest-service, rating-service,"
                    + " notification-service, analytics-service, gateway, broker, postgres, relay, review-import,"
                    + " review-reply.")
    List<String> targets = Siege.targets();

    @Option(names = "--limit", paramLabel = "MINUTES", description = FaultsRule.LIMIT)
    Optional<Integer> limit = Optional.empty();

    private Faults() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Faults());
    }

    @Override
    public Integer call() throws IOException {
        KAFKA.setLevel(Level.SEVERE);
        Path root = Path.of(System.getenv().getOrDefault("STONECHAT_ROOT", "."));
        Platform platform = Platform.in(root, portOffset);
        if (!platform.isRunning()) {
            System.err.println("There is no platform running here: start one with ./stonechat up first.");
            return 1;
        }
        Path file = root.resolve("target/faults.json");
        // A run that ends early must not leave the good word of an earlier one.
        Files.deleteIfExists(file);
        Siege.Plan usual = quick ? Siege.Plan.quick(seed) : Siege.Plan.full(seed);
        Siege.Plan plan =
                limit.map(minutes -> usual.within(Duration.ofMinutes(minutes))).orElse(usual);
        Report report = new Report(plan, System.out::println);
        report.begin(targets);
        try (Siege siege = new Siege(platform, InstantSource.system(), plan, System.out::println)) {
            report.end(siege.run(targets));
        } catch (Disappointment e) {
            System.err.println();
            System.err.println("The run ends here, and counts as not ok: " + e.getMessage());
            return 1;
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, report.json());
        return report.sound() ? 0 : 1;
    }
}
