package org.stonechat.launcher.command;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import org.stonechat.launcher.Checkout;
import org.stonechat.launcher.FlakyTests;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "test",
        description = {
            "Runs all tests and checks: units, services on real parts, the whole platform.",
            "The same as ./mvnw verify; what is added here is handed on to Maven.",
            "Says at the end which tests passed at their second try only."
        })
final class TestCommand implements Callable<Integer> {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this.")
    boolean help;

    @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "For Maven, for example -pl gateway (after --).")
    List<String> arguments = new ArrayList<>();

    @Spec
    CommandSpec specification = CommandSpec.create();

    @Override
    public Integer call() {
        List<String> all = new ArrayList<>(List.of("verify"));
        all.addAll(arguments);
        Checkout checkout = new Checkout(PlatformOptions.root());
        Instant began = InstantSource.system().instant();
        int exitCode = checkout.runMaven(all);
        FlakyTests.since(checkout.root(), began)
                .forEach(flaky -> specification.commandLine().getOut().println(flaky.sentence()));
        return exitCode;
    }
}
