package org.stonechat.simulator.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import jakarta.inject.Singleton;

import org.stonechat.simulator.SimulatorConfig;

import com.fasterxml.jackson.databind.ObjectMapper;

/// All reviews, in memory and one file each. A change is on the disk before it is answered, and a file is replaced as
/// a whole: the process may be killed at any moment.
@Singleton
public class ReviewFiles {

    private final Path directory;
    private final ObjectMapper mapper;
    private final Map<String, StoredReview> reviews = new LinkedHashMap<>();

    ReviewFiles(SimulatorConfig config, ObjectMapper mapper) {
        this.directory = config.directory().resolve("reviews");
        this.mapper = mapper;
        try {
            Files.createDirectories(directory);
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.json")) {
                for (Path file : files) {
                    StoredReview review = mapper.readValue(file.toFile(), StoredReview.class);
                    reviews.put(review.id(), review);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("the reviews in " + directory + " cannot be read", failure);
        }
    }

    public synchronized List<StoredReview> all() {
        return List.copyOf(reviews.values());
    }

    public synchronized Optional<StoredReview> find(String id) {
        return Optional.ofNullable(reviews.get(id));
    }

    /// @return false when there is one with this id already
    synchronized boolean add(StoredReview review) {
        if (reviews.containsKey(review.id())) {
            return false;
        }
        save(review);
        return true;
    }

    /// @return the changed review, or empty when there is none with this id
    synchronized Optional<StoredReview> change(String id, UnaryOperator<StoredReview> change) {
        StoredReview before = reviews.get(id);
        if (before == null) {
            return Optional.empty();
        }
        StoredReview after = change.apply(before);
        save(after);
        return Optional.of(after);
    }

    private void save(StoredReview review) {
        Path file = directory.resolve(review.id() + ".json");
        Path unfinished = directory.resolve(review.id() + ".unfinished");
        try {
            Files.write(unfinished, mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(review));
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException("the review cannot be kept", failure);
        }
        reviews.put(review.id(), review);
    }
}
