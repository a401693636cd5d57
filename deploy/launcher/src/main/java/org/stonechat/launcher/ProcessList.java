package org.stonechat.launcher;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/// The processes of one platform, one small file each, so that any later command finds them.
final class ProcessList {

    private static final String SUFFIX = ".process.json";

    static final ObjectMapper JSON = new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT);

    private final Path directory;

    ProcessList(Path directory) {
        this.directory = directory;
    }

    void put(ProcessRecord process) {
        write(directory.resolve(process.name() + SUFFIX), process);
    }

    void remove(String name) {
        try {
            Files.deleteIfExists(directory.resolve(name + SUFFIX));
        } catch (IOException e) {
            throw new Refusal("The process list in " + directory + " cannot be changed: " + e.getMessage(), e);
        }
    }

    Optional<ProcessRecord> find(String name) {
        return read(directory.resolve(name + SUFFIX), ProcessRecord.class);
    }

    List<ProcessRecord> all() {
        List<ProcessRecord> records = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            return records;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                read(file, ProcessRecord.class).ifPresent(records::add);
            }
            return records;
        } catch (IOException e) {
            throw new Refusal("The process list in " + directory + " cannot be read: " + e.getMessage(), e);
        }
    }

    List<ProcessRecord> alive() {
        return all().stream().filter(record -> record.process().isPresent()).toList();
    }

    /// Forgets processes that are gone: after a crash of the machine, or when somebody killed them.
    ///
    /// @return the names of the forgotten
    List<String> forgetDead() {
        List<String> dead = all().stream()
                .filter(record -> record.process().isEmpty())
                .map(ProcessRecord::name)
                .toList();
        dead.forEach(this::remove);
        return dead;
    }

    static void write(Path file, Object value) {
        try {
            Privacy.directory(Objects.requireNonNull(file.getParent()));
            Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
            Privacy.file(unfinished);
            JSON.writeValue(unfinished.toFile(), value);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new Refusal(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    static <T> Optional<T> read(Path file, Class<T> type) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file.toFile(), type));
        } catch (com.fasterxml.jackson.core.JacksonException damaged) {
            // A machine that lost power can leave an empty file; then there is no process either.
            return Optional.empty();
        } catch (IOException e) {
            throw new Refusal(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
