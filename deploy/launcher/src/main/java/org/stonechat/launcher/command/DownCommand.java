package org.stonechat.launcher.command;

import java.util.concurrent.Callable;

import org.stonechat.launcher.Platform;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "down", description = "Stops everything, the parts that others need last. The data stays.")
final class DownCommand implements Callable<Integer> {

    @Mixin
    PlatformOptions options = new PlatformOptions();

    @Spec
    CommandSpec specification = CommandSpec.create();

    @Override
    public Integer call() {
        Platform platform = options.platform();
        if (!platform.isRunning()) {
            specification.commandLine().getOut().println("Nothing is running.");
        }
        platform.down(new ConsoleProgress(specification.commandLine().getOut()));
        return 0;
    }
}
