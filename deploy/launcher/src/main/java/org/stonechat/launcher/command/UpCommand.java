package org.stonechat.launcher.command;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.stonechat.launcher.Part;
import org.stonechat.launcher.Platform;
import org.stonechat.launcher.Progress;
import org.stonechat.launcher.Refusal;
import org.stonechat.launcher.StartTimes;
import org.stonechat.launcher.Supervision;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "up",
        description = {
            "Builds what changed, starts everything and sets the demo world up.",
            "Stays in the foreground and starts again what ends by itself; Ctrl-C stops everything."
        })
final class UpCommand implements Callable<Integer> {

    @Mixin
    PlatformOptions options = new PlatformOptions();

    @Option(names = "--detach", description = "Return when everything is ready; ./stonechat down stops it.")
    boolean detach;

    @Option(
            names = "--replicas",
            paramLabel = "SERVICE=N",
            split = ",",
            description = "Run several of a service, for example ticket-service=2,notification-service=2.")
    Map<String, Integer> replicas = new LinkedHashMap<>();

    @Option(
            names = "--learn",
            description = "Learn from this run: its start and its end take a minute each, and until something is built"
                    + " anew everything starts in half the time.")
    boolean learn;

    @Option(names = "--only", hidden = true, split = ",", description = "Start these parts alone.")
    Set<String> only = new LinkedHashSet<>();

    @Option(names = "--no-build", hidden = true, description = "Run what was built before, whatever changed since.")
    boolean noBuild;

    @Spec
    CommandSpec specification = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = specification.commandLine().getOut();
        Platform platform = options.platform();
        Progress progress = new ConsoleProgress(out);
        AtomicBoolean mine = new AtomicBoolean();
        AtomicBoolean ending = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            if (mine.get()) {
                ending.set(true);
                out.println("Stopping everything …");
                platform.abandon(progress);
                out.flush();
            }
        }));

        refuseSecondUp(platform);
        mine.set(true);
        StartTimes times = start(platform, progress, mine, ending);
        out.println();
        out.print(new Welcome(platform, times, detach).print());
        if (learn) {
            out.println();
            out.println("What the services learn is written down when they are stopped, which takes up to a minute.");
        }
        out.flush();
        if (detach) {
            mine.set(false);
            return 0;
        }
        watch(platform, progress, ending);
        mine.set(false);
        if (!ending.get()) {
            out.println("The platform was taken down.");
        }
        return 0;
    }

    /// Before the hook is armed: what another `up` started must not be stopped because this one was refused.
    private static void refuseSecondUp(Platform platform) {
        if (platform.isRunning()) {
            throw new Refusal("The platform is running already ("
                    + platform.parts().stream()
                            .filter(Part::isRunning)
                            .map(Part::name)
                            .limit(3)
                            .collect(java.util.stream.Collectors.joining(", "))
                    + " …): ./stonechat status shows it, ./stonechat down stops it.");
        }
    }

    private StartTimes start(Platform platform, Progress progress, AtomicBoolean mine, AtomicBoolean ending) {
        Begun begun = Begun.here();
        Platform.Options wanted = Platform.Options.standard()
                .withReplicas(replicas)
                .withOnly(only)
                .withBegin(begun.at(), begun.built())
                .withProgress(progress);
        if (learn) {
            wanted = wanted.withLearning();
        }
        if (noBuild) {
            wanted = wanted.withoutBuild();
        }
        try {
            return platform.up(wanted);
        } catch (RuntimeException e) {
            if (ending.get()) {
                // The hook is stopping everything; what fails meanwhile is its doing.
                awaitEnd();
            }
            mine.set(false);
            throw e;
        }
    }

    private static void watch(Platform platform, Progress progress, AtomicBoolean ending) {
        Supervision supervision = new Supervision(platform, progress, InstantSource.system());
        while (!ending.get() && supervision.look()) {
            try {
                TimeUnit.SECONDS.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        if (ending.get()) {
            awaitEnd();
        }
    }

    /// The JVM ends when its hooks are done, whatever this thread does.
    private static void awaitEnd() {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Of a number of bytes, for people.
    static String megabytes(long bytes) {
        return bytes == 0 ? "-" : String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
    }
}
