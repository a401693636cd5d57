package org.stonechat.simulator.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

import jakarta.inject.Singleton;

import org.stonechat.simulator.SimulatorConfig;

import com.fasterxml.jackson.databind.ObjectMapper;

/// The reviews that somebody left or touched, in memory and one file each; those that were made up and never
/// touched come from their orders. A change is on the disk before it is answered, and a file is replaced as a
/// whole: the process may be killed at any moment.
@Singleton
public class ReviewFiles {

    private final Path directory;
    private final ObjectMapper mapper;
    private final Map<String, StoredReview> reviews = new LinkedHashMap<>();
    private final GeneratedReviews generated;
    private final Map<Listed.Order, List<Listed>> lists = new EnumMap<>(Listed.Order.class);

    ReviewFiles(SimulatorConfig config, ObjectMapper mapper, GeneratedReviews generated) {
        this.generated = generated;
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

    /// Those that somebody left or touched.
    public synchronized List<StoredReview> all() {
        return List.copyOf(reviews.values());
    }

    public synchronized Optional<StoredReview> find(String id) {
        return listed(id).map(Listed::review);
    }

    synchronized Optional<Listed> listed(String id) {
        StoredReview known = reviews.get(id);
        return known == null ? generated.find(id) : Optional.of(new ListedFile(known));
    }

    /// @return false when that order was given before
    synchronized boolean generate(Generation generation) {
        lists.clear();
        return generated.add(generation);
    }

    static Comparator<Listed> newestFirst(Listed.Order order) {
        return Comparator.<Listed>comparingLong(listed -> listed.at(order))
                .thenComparing(Listed::id)
                .reversed();
    }

    /// Everything, newest first.
    synchronized List<Listed> inOrder(Listed.Order order) {
        return lists.computeIfAbsent(order, by -> {
            List<Listed> all = new ArrayList<>();
            reviews.values().forEach(review -> all.add(new ListedFile(review)));
            Set<String> touched = reviews.keySet();
            for (Listed listed : generated.all()) {
                if (touched.isEmpty() || !touched.contains(listed.id())) {
                    all.add(listed);
                }
            }
            all.sort(newestFirst(by));
            return List.copyOf(all);
        });
    }

    /// @return false when there is one with this id already
    synchronized boolean add(StoredReview review) {
        if (find(review.id()).isPresent()) {
            return false;
        }
        save(review);
        return true;
    }

    /// @return the changed review, or empty when there is none with this id
    synchronized Optional<StoredReview> change(String id, UnaryOperator<StoredReview> change) {
        Optional<StoredReview> after = find(id).map(change);
        after.ifPresent(this::save);
        return after;
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
        lists.clear();
    }
}
