package org.stonechat.launcher.command;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;

import org.stonechat.launcher.Part;
import org.stonechat.launcher.Platform;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "status",
        description = "Shows every part: process, port, since when, health and memory.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every part is ready", "1:something is not"})
final class StatusCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    @Mixin
    PlatformOptions options = new PlatformOptions();

    @Spec
    CommandSpec specification = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = specification.commandLine().getOut();
        Platform platform = options.platform();
        List<Part> parts = platform.parts();
        Table table = new Table().row("Part", "Process", "Port", "Up since", "Health", "Memory");
        boolean wellOverall = true;
        long memory = 0;
        for (Part part : parts) {
            boolean running = part.isRunning();
            boolean ready = running && part.isReady();
            wellOverall &= ready;
            long resident = part.rssBytes();
            memory += resident;
            table.row(
                    part.name(),
                    running ? Long.toString(part.pid()) : "-",
                    Integer.toString(part.port()),
                    part.since().map(StatusCommand::shown).orElse("-"),
                    ready ? "ready" : running ? "not ready" : "not running",
                    UpCommand.megabytes(resident));
        }
        out.print(table.row("", "", "", "", "", UpCommand.megabytes(memory)).print());
        if (!platform.isRunning()) {
            out.println("Nothing is running: ./stonechat up starts it.");
        }
        return wellOverall ? 0 : 1;
    }

    private static String shown(Instant since) {
        return TIME.format(since.truncatedTo(ChronoUnit.SECONDS));
    }
}
