package org.stonechat.launcher.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.stonechat.launcher.FaultsRule;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "faults",
        description = {
            "Kills parts of the running platform with kill -9 under load, then counts what was acknowledged, lost and",
            "doubled. Works in the department Northwind Shop of the demo world; what it writes stays there.",
            "Prints a table, and writes it to target/faults.json.",
            FaultsRule.MEANING,
            FaultsRule.EXIT_CODE
        })
final class FaultsCommand implements Callable<Integer> {

    @Mixin
    PlatformOptions options = new PlatformOptions();

    @Option(names = "--quick", description = FaultsRule.QUICK)
    boolean quick;

    @Option(names = "--seed", paramLabel = "N", description = "Makes the choice of moments repeatable.")
    java.util.Optional<Long> seed = java.util.Optional.empty();

    @Option(
            names = "--target",
            paramLabel = "X",
            split = ",",
            description = "Only these, of: ticket-service, review-ingest-service, rating-service,"
                    + " notification-service, analytics-service, gateway, broker, postgres, relay,"
                    + " review-import, review-reply.")
    List<String> targets = List.of();

    @Option(names = "--limit", paramLabel = "MINUTES", description = FaultsRule.LIMIT)
    java.util.Optional<Integer> limit = java.util.Optional.empty();

    @Spec
    CommandSpec specification = CommandSpec.create();

    @Override
    public Integer call() {
        List<String> arguments = new ArrayList<>();
        if (quick) {
            arguments.add("--quick");
        }
        seed.ifPresent(number -> arguments.addAll(List.of("--seed", Long.toString(number))));
        limit.ifPresent(minutes -> arguments.addAll(List.of("--limit", Integer.toString(minutes))));
        if (!targets.isEmpty()) {
            arguments.addAll(List.of("--target", String.join(",", targets)));
        }
        return EndToEnd.run(
                options.platform(),
                "Faults",
                arguments,
                new ConsoleProgress(specification.commandLine().getOut()));
    }
}
