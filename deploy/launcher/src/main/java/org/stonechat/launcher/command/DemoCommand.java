package org.stonechat.launcher.command;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "demo",
        description = {
            "Plays the stories on the running platform, as an outside client sees them.",
            "Goes through the front doors alone: mail, the API with tokens from Keycloak, the public rating page, the"
                    + " review platform. Prints each step with its time and an address where it can be looked at."
        })
final class DemoCommand implements Callable<Integer> {

    @Mixin
    PlatformOptions options = new PlatformOptions();

    @Spec
    CommandSpec specification = CommandSpec.create();

    @Override
    public Integer call() {
        List<String> arguments = new ArrayList<>();
        return EndToEnd.run(
                options.platform(),
                "Demo",
                arguments,
                new ConsoleProgress(specification.commandLine().getOut()));
    }
}
