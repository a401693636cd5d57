package org.stonechat.launcher.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "faults",
        description = {
            "Kills parts of the running platform under load, then counts what was acknowledged, lost and doubled.",
            "Prints a table, and writes it to target/faults.json."
        })
final class FaultsCommand implements Callable<Integer> {

    @Mixin
    PlatformOptions options = new PlatformOptions();

    @Option(names = "--quick", description = "A short look instead of the full run.")
    boolean quick;

    @Option(names = "--seed", paramLabel = "N", description = "Makes the choice of moments repeatable.")
    java.util.Optional<Long> seed = java.util.Optional.empty();

    @Spec
    CommandSpec specification = CommandSpec.create();

    @Override
    public Integer call() {
        List<String> arguments = new ArrayList<>();
        if (quick) {
            arguments.add("--quick");
        }
        seed.ifPresent(number -> arguments.addAll(List.of("--seed", Long.toString(number))));
        return EndToEnd.run(
                options.platform(),
                "Faults",
                arguments,
                new ConsoleProgress(specification.commandLine().getOut()));
    }
}
