package org.stonechat.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/// One operating-system process of ours, writing into one log file.
final class ChildProcess {

    private final String name;
    private final Path log;
    private @Nullable Process process;

    ChildProcess(String name, Path log) {
        this.name = name;
        this.log = log;
    }

    void start(List<String> command) {
        if (isRunning()) {
            throw new PartFailure(name + " is running already (process " + pid() + ").");
        }
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new PartFailure(name + " could not be started: " + e.getMessage(), e);
        }
    }

    boolean isRunning() {
        return process != null && process.isAlive();
    }

    long pid() {
        return current().pid();
    }

    /// Sends the signal (`INT`, `QUIT`, `TERM`) and waits for the end; after the patience is over the process
    /// is killed.
    void stop(String signal, Duration patience) {
        if (!isRunning()) {
            return;
        }
        Processes.signal(pid(), signal);
        try {
            if (!current().waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    /// Ends the process at once, as `kill -9` does, and waits until its children noticed and are gone too.
    void kill() {
        if (isRunning()) {
            Processes.killAndAwait(current().toHandle());
        }
    }

    /// The last lines of the log, for error messages.
    String lastLines() {
        return Processes.lastLines(log, 15);
    }

    Path log() {
        return log;
    }

    long logSize() {
        try {
            return Files.exists(log) ? Files.size(log) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process current() {
        if (process == null) {
            throw new PartFailure(name + " was not started.");
        }
        return process;
    }
}
