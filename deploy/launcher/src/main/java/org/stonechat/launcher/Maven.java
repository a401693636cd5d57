package org.stonechat.launcher;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// The checkout's own Maven wrapper.
final class Maven {

    private final Path root;
    private final Path log;

    Maven(Path root, Path log) {
        this.root = root;
        this.log = log;
    }

    /// Fetches an artifact and puts a copy of it into the directory.
    void copyArtifact(String coordinates, Path directory) {
        run(
                List.of("-N", "dependency:copy", "-Dartifact=" + coordinates, "-DoutputDirectory=" + directory),
                line -> {});
    }

    /// Runs Maven with its output in the log; lines are also handed on as they come.
    ///
    /// @throws Refusal when it fails, with what Maven says about the reason
    void run(List<String> arguments, Consumer<String> onLine) {
        List<String> errors = new ArrayList<>();
        int exitCode;
        try {
            Files.createDirectories(log.getParent());
            Process process = process(arguments).redirectErrorStream(true).start();
            process.getOutputStream().close();
            try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
                    BufferedWriter file = Files.newBufferedWriter(log)) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    file.write(line);
                    file.newLine();
                    onLine.accept(line);
                    if (line.startsWith("[ERROR]") && line.length() > "[ERROR] ".length() && errors.size() < 15) {
                        errors.add(line.substring("[ERROR] ".length()));
                    }
                }
            }
            exitCode = process.waitFor();
        } catch (IOException e) {
            throw new Refusal("Maven could not be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal("Interrupted while Maven ran.", e);
        }
        if (exitCode != 0) {
            throw new Refusal("Maven failed (the whole output is in "
                    + (log.startsWith(root) ? root.relativize(log) : log) + "):\n" + String.join("\n", errors));
        }
    }

    /// Runs Maven in the caller's terminal.
    ///
    /// @return its exit code
    int runVisibly(List<String> arguments) {
        try {
            return process(arguments).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new Refusal("Maven could not be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal("Interrupted while Maven ran.", e);
        }
    }

    private ProcessBuilder process(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(root.resolve("mvnw").toString());
        command.add("-B");
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(root.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return builder;
    }
}
