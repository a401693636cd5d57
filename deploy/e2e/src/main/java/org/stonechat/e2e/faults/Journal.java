package org.stonechat.e2e.faults;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// What the clients sent and what they were answered, one line before and one after every request. What is
/// counted in the end is read from the file again.
final class Journal implements AutoCloseable {

    private final Path file;
    private final BufferedWriter lines;
    private final Map<String, AtomicInteger> acknowledged = new ConcurrentHashMap<>();

    /// Begins a new journal in the place of an older one.
    Journal(Path file) {
        this.file = file;
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            this.lines = Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the journal " + file + " cannot be written", e);
        }
    }

    synchronized void write(Entry entry) {
        try {
            lines.write(entry.line());
            lines.newLine();
            lines.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the journal " + file + " cannot be written", e);
        }
        if (entry.state() == Entry.State.ACKNOWLEDGED) {
            counter(entry.target()).incrementAndGet();
        }
    }

    /// How much was acknowledged so far, for the progress.
    int acknowledged(String target) {
        return counter(target).get();
    }

    List<Entry> read() {
        return read(file);
    }

    static List<Entry> read(Path file) {
        try (Stream<String> all = Files.lines(file)) {
            return all.filter(line -> !line.isBlank()).map(Entry::of).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the journal " + file + " cannot be read", e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the journal " + file + " cannot be closed", e);
        }
    }

    private AtomicInteger counter(String target) {
        return acknowledged.computeIfAbsent(target, name -> new AtomicInteger());
    }
}
