package org.stonechat.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// How much memory processes hold.
final class Memory {

    private static final long KIBIBYTE = 1024;

    private Memory() {}

    /// The resident memory of a process and its children. Pages that several processes share, PostgreSQL's buffers
    /// and the program of all JVMs above all, are counted once, in shares.
    static long resident(ProcessHandle process) {
        return Stream.concat(Stream.of(process), process.descendants())
                .mapToLong(each -> proportional(each.pid()))
                .sum();
    }

    private static long rss(long pid) {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        return Files.isReadable(status) ? kibibytes(status, "VmRSS:") : fromPs(pid);
    }

    private static long proportional(long pid) {
        Path rollup = Path.of("/proc", Long.toString(pid), "smaps_rollup");
        if (!Files.isReadable(rollup)) {
            return rss(pid);
        }
        long share = kibibytes(rollup, "Pss:");
        return share > 0 ? share : rss(pid);
    }

    private static long kibibytes(Path file, String key) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE)
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException gone) {
            // The process ended while it was looked at.
            return 0;
        }
    }

    private static long fromPs(long pid) {
        try {
            Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
            String output = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            return output.isEmpty() ? 0 : Long.parseLong(output) * KIBIBYTE;
        } catch (IOException noPs) {
            return 0;
        }
    }
}
