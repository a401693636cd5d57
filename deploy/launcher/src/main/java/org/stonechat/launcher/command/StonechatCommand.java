package org.stonechat.launcher.command;

import org.stonechat.launcher.Refusal;
import org.stonechat.parts.PartFailure;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The words together.
@Command(
        name = "stonechat",
        description = "Runs Stonechat on this machine: real parts, each its own process, data in .stonechat/.",
        mixinStandardHelpOptions = false,
        synopsisSubcommandLabel = "WORD",
        commandListHeading = "%nWords:%n",
        footer = {"", "Every word explains itself: ./stonechat up --help"},
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            LogsCommand.class,
            ResetCommand.class,
            DemoCommand.class,
            TestCommand.class,
            BenchCommand.class,
            FaultsCommand.class
        })
public final class StonechatCommand implements Runnable {

    @CommandLine.Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this.")
    boolean help;

    @CommandLine.Spec
    CommandLine.Model.CommandSpec specification = CommandLine.Model.CommandSpec.create();

    @Override
    public void run() {
        specification.commandLine().usage(specification.commandLine().getOut());
    }

    /// @return the exit code: 0 when it worked, 1 when it did not, 2 when the words were not understood
    public static int execute(String... arguments) {
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new StonechatCommand());
        line.setExecutionStrategy(parsed -> {
            try {
                return new CommandLine.RunLast().execute(parsed);
            } finally {
                // The writer flushes by itself only at the end of a line it was told to end.
                line.getOut().flush();
                parsed.asCommandLineList().forEach(command -> command.getOut().flush());
            }
        });
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (failure instanceof Refusal || failure instanceof PartFailure) {
                command.getErr().println("stonechat: " + failure.getMessage());
                return 1;
            }
            throw failure;
        });
        return line;
    }
}
