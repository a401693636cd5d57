package org.stonechat.launcher.command;

import java.io.Console;
import java.util.Locale;
import java.util.concurrent.Callable;

import org.stonechat.launcher.Platform;
import org.stonechat.launcher.Refusal;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "reset",
        description =
                "Stops everything and deletes all its data: tickets, mails, people, secrets, logs. Downloads stay.")
final class ResetCommand implements Callable<Integer> {

    @Mixin
    PlatformOptions options = new PlatformOptions();

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    boolean yes;

    @Spec
    CommandSpec specification = CommandSpec.create();

    @Override
    public Integer call() {
        Platform platform = options.platform();
        if (!yes && !isConfirmed(platform)) {
            specification.commandLine().getOut().println("Nothing was deleted.");
            return 1;
        }
        platform.reset(new ConsoleProgress(specification.commandLine().getOut()));
        specification.commandLine().getOut().println("All data in " + platform.state() + " is gone.");
        return 0;
    }

    private static boolean isConfirmed(Platform platform) {
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw new Refusal(
                    "There is no terminal to ask in: say --yes to delete the data in " + platform.state() + ".");
        }
        String answer = console.readLine("Delete all data in %s? [y/N] ", platform.state());
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}
