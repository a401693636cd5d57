package org.stonechat.launcher.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.stonechat.launcher.Platform;
import org.stonechat.launcher.Refusal;
import org.stonechat.parts.Processes;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "logs", description = "Shows the end of a part's log, or of all.")
final class LogsCommand implements Callable<Integer> {

    private static final String SUFFIX = ".log";

    @Mixin
    PlatformOptions options = new PlatformOptions();

    @Parameters(
            arity = "0..*",
            paramLabel = "PART",
            description = "As ./stonechat status names it, or build. All when left out.")
    List<String> parts = new ArrayList<>();

    @Option(
            names = {"-n", "--lines"},
            paramLabel = "N",
            defaultValue = "20",
            description = "How many lines of each (default: ${DEFAULT-VALUE}).")
    int lines;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what is written from now on, until Ctrl-C.")
    boolean follow;

    @Spec
    CommandSpec specification = CommandSpec.create();

    @Override
    public Integer call() {
        Platform platform = options.platform();
        List<Path> files = files(platform.state().resolve("logs"));
        PrintWriter out = specification.commandLine().getOut();
        Map<Path, Long> positions = new HashMap<>();
        for (Path file : files) {
            positions.put(file, size(file));
            Processes.lastLines(file, lines).lines().forEach(line -> print(out, file, files, line));
        }
        while (follow) {
            files.forEach(file -> positions.merge(file, 0L, (from, none) -> printNew(out, file, files, from)));
            out.flush();
            try {
                TimeUnit.MILLISECONDS.sleep(300);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return 0;
            }
        }
        return 0;
    }

    private List<Path> files(Path directory) {
        if (!parts.isEmpty()) {
            List<Path> named =
                    parts.stream().map(part -> directory.resolve(part + SUFFIX)).toList();
            named.stream().filter(file -> !Files.exists(file)).findFirst().ifPresent(missing -> {
                throw new Refusal("There is no log " + missing + ".");
            });
            return named;
        }
        if (!Files.isDirectory(directory)) {
            throw new Refusal("There are no logs yet: nothing has been started.");
        }
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Prints whole lines written since, and returns where to go on.
    private static long printNew(PrintWriter out, Path file, List<Path> files, long from) {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "r")) {
            // A part that was started again has a new log.
            long start = content.length() < from ? 0 : from;
            byte[] added = new byte[(int) Math.min(content.length() - start, 1 << 20)];
            content.seek(start);
            content.readFully(added);
            int end = added.length;
            while (end > 0 && added[end - 1] != '\n') {
                end--;
            }
            new String(added, 0, end, StandardCharsets.UTF_8).lines().forEach(line -> print(out, file, files, line));
            return start + end;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void print(PrintWriter out, Path file, List<Path> files, String line) {
        String name = file.getFileName().toString().replace(SUFFIX, "");
        out.println(files.size() == 1 ? line : name + " | " + line);
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
