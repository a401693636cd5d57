package org.stonechat.parts;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// What is done to processes from outside, whoever started them.
public final class Processes {

    private static final Duration KILL_PATIENCE = Duration.ofSeconds(10);

    private Processes() {}

    /// Sends a signal by name (`INT`, `TERM`, `QUIT`). A process that is gone already is no error.
    public static void signal(long pid, String signal) {
        try {
            // The shell's own kill: it exists wherever a shell does, the program of that name does not.
            Process kill = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.waitFor(10, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new PartFailure("No signal can be sent to process " + pid + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PartFailure("Interrupted while sending a signal to process " + pid + ".", e);
        }
    }

    /// `kill -9`, then waits until the process and everything it had started are gone. PostgreSQL's children
    /// end by themselves when they notice the loss; until then they hold the data directory.
    public static void killAndAwait(ProcessHandle process) {
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly();
        boolean gone = await(
                KILL_PATIENCE, () -> !process.isAlive() && children.stream().noneMatch(ProcessHandle::isAlive));
        if (!gone) {
            children.forEach(ProcessHandle::destroyForcibly);
        }
    }

    /// Waits until the condition holds; false when it did not within the patience.
    public static boolean await(Duration patience, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            try {
                TimeUnit.MILLISECONDS.sleep(25);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new PartFailure("Interrupted while waiting.", e);
            }
        }
        return true;
    }

    /// The last lines of a text file, however long it is; empty when there is no such file.
    public static String lastLines(Path file, int lines) {
        if (!Files.isReadable(file)) {
            return "";
        }
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "r")) {
            int length = (int) Math.min(content.length(), lines * 400L);
            byte[] end = new byte[length];
            content.seek(content.length() - length);
            content.readFully(end);
            List<String> all = new String(end, StandardCharsets.UTF_8).lines().toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            return "(the log " + file + " cannot be read: " + e.getMessage() + ")";
        }
    }
}
