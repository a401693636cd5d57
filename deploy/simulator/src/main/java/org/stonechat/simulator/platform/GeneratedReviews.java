package org.stonechat.simulator.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.inject.Singleton;

import org.stonechat.simulator.SimulatorConfig;

import com.fasterxml.jackson.databind.ObjectMapper;

/// The reviews that were made up. Kept are only the orders for them, one file each.
@Singleton
class GeneratedReviews {

    private static final Pattern ID = Pattern.compile("rev-gen-(.+)-(\\d{7})");

    private final Path directory;
    private final ObjectMapper mapper;
    private final Generator generator;
    private final Map<String, Generation> generations = new LinkedHashMap<>();

    GeneratedReviews(SimulatorConfig config, ObjectMapper mapper, Generator generator) {
        this.directory = config.directory().resolve("generated");
        this.mapper = mapper;
        this.generator = generator;
        try {
            Files.createDirectories(directory);
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.json")) {
                for (Path file : files) {
                    Generation generation = mapper.readValue(file.toFile(), Generation.class);
                    generations.put(generation.name(), generation);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("the orders in " + directory + " cannot be read", failure);
        }
    }

    /// @return false when that order was given before
    synchronized boolean add(Generation generation) {
        if (generations.containsKey(generation.name())) {
            return false;
        }
        Path file = directory.resolve(generation.name() + ".json");
        Path unfinished = directory.resolve(generation.name() + ".unfinished");
        try {
            Files.write(unfinished, mapper.writeValueAsBytes(generation));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException("the order cannot be kept", failure);
        }
        generations.put(generation.name(), generation);
        return true;
    }

    synchronized List<Listed> all() {
        List<Listed> all = new ArrayList<>();
        for (Generation generation : generations.values()) {
            for (int number = 0; number < generation.count(); number++) {
                all.add(new Numbered(generator, generation, number));
            }
        }
        return all;
    }

    synchronized Optional<Listed> find(String id) {
        Matcher matcher = ID.matcher(id);
        Generation generation = matcher.matches() ? generations.get(matcher.group(1)) : null;
        if (generation == null) {
            return Optional.empty();
        }
        int number = Integer.parseInt(matcher.group(2));
        return number < generation.count()
                ? Optional.of(new Numbered(generator, generation, number))
                : Optional.empty();
    }

    private record Numbered(Generator generator, Generation generation, int number) implements Listed {

        @Override
        public String id() {
            return generator.id(generation, number);
        }

        @Override
        public long at(Order order) {
            return order == Order.EDITED ? 0 : generation.submittedAt(number).toEpochMilli();
        }

        @Override
        public String channel() {
            return generation.channel();
        }

        @Override
        public String type() {
            return traits().product() ? "PRODUCT_REVIEW" : "SERVICE_REVIEW";
        }

        @Override
        public String state() {
            return traits().state();
        }

        @Override
        public int stars() {
            return traits().stars();
        }

        @Override
        public boolean replied() {
            return traits().replied();
        }

        @Override
        public boolean statement() {
            return !traits().comment();
        }

        @Override
        public StoredReview review() {
            return generator.review(generation, number);
        }

        private Generator.Traits traits() {
            return generator.traits(generation, number);
        }
    }
}
