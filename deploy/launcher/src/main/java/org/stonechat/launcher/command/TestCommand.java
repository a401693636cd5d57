package org.stonechat.launcher.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.stonechat.launcher.Checkout;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "test",
        description = {
            "Runs all tests and checks: units, services on real parts, the whole platform.",
            "The same as ./mvnw verify; what is added here is handed on to Maven."
        })
final class TestCommand implements Callable<Integer> {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this.")
    boolean help;

    @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "For Maven, for example -pl gateway (after --).")
    List<String> arguments = new ArrayList<>();

    @Override
    public Integer call() {
        List<String> all = new ArrayList<>(List.of("verify"));
        all.addAll(arguments);
        return new Checkout(PlatformOptions.root()).runMaven(all);
    }
}
