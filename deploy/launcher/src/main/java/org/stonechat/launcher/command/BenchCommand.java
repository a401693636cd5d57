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
        name = "bench",
        description = {
            "Measures the running platform against a floor taken in the same run.",
            "Prints a table, and writes it to target/bench.json."
        })
final class BenchCommand implements Callable<Integer> {

    @Mixin
    PlatformOptions options = new PlatformOptions();

    @Option(names = "--quick", description = "A short look instead of the full run.")
    boolean quick;

    @Spec
    CommandSpec specification = CommandSpec.create();

    @Override
    public Integer call() {
        List<String> arguments = new ArrayList<>();
        if (quick) {
            arguments.add("--quick");
        }
        return EndToEnd.run(
                options.platform(),
                "Bench",
                arguments,
                new ConsoleProgress(specification.commandLine().getOut()));
    }
}
