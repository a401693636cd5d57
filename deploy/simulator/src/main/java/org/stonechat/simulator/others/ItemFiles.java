package org.stonechat.simulator.others;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

import jakarta.inject.Singleton;

import org.stonechat.simulator.SimulatorConfig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The reviews of the other platforms, in memory and one file each.
@Singleton
class ItemFiles {

    private final Path directory;
    private final ObjectMapper mapper;
    private final InstantSource clock;
    private final Map<OtherPlatform, Map<String, ObjectNode>> items = new EnumMap<>(OtherPlatform.class);

    ItemFiles(SimulatorConfig config, ObjectMapper mapper, InstantSource clock) {
        this.directory = config.directory().resolve("others");
        this.mapper = mapper;
        this.clock = clock;
        for (OtherPlatform platform : OtherPlatform.values()) {
            Map<String, ObjectNode> known = new LinkedHashMap<>();
            items.put(platform, known);
            try {
                Path files = Files.createDirectories(directory.resolve(platform.path()));
                try (DirectoryStream<Path> found = Files.newDirectoryStream(files, "*.json")) {
                    for (Path file : found) {
                        ObjectNode item = (ObjectNode) mapper.readTree(file.toFile());
                        known.put(platform.id(item), item);
                    }
                }
            } catch (IOException failure) {
                throw new UncheckedIOException("the reviews of " + platform.path() + " cannot be read", failure);
            }
        }
    }

    /// @param given laid over the fixture
    synchronized ObjectNode add(OtherPlatform platform, String source, JsonNode given) {
        ObjectNode item = fixture(platform);
        merge(item, given);
        platform.begin(item, source, clock.instant());
        save(platform, item);
        return item;
    }

    /// @return empty when there is none
    synchronized Optional<ObjectNode> change(OtherPlatform platform, String id, Consumer<ObjectNode> change) {
        ObjectNode known = of(platform).get(id);
        if (known == null) {
            return Optional.empty();
        }
        ObjectNode item = known.deepCopy();
        change.accept(item);
        save(platform, item);
        return Optional.of(item);
    }

    synchronized boolean remove(OtherPlatform platform, String id) {
        try {
            Files.deleteIfExists(file(platform, id));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return of(platform).remove(id) != null;
    }

    synchronized Optional<ObjectNode> find(OtherPlatform platform, String id) {
        return Optional.ofNullable(of(platform).get(id)).map(ObjectNode::deepCopy);
    }

    /// Of one source, newest first.
    synchronized List<ObjectNode> list(OtherPlatform platform, String source) {
        return of(platform).values().stream()
                .filter(item -> platform.source(item).equals(source))
                .sorted(Comparator.<ObjectNode, String>comparing(platform::order)
                        .thenComparing(platform::id)
                        .reversed())
                .map(ObjectNode::deepCopy)
                .toList();
    }

    synchronized List<ObjectNode> all(OtherPlatform platform) {
        return of(platform).values().stream().map(ObjectNode::deepCopy).toList();
    }

    static void merge(ObjectNode into, JsonNode given) {
        given.properties().forEach(field -> {
            if (field.getValue().isObject() && into.path(field.getKey()) instanceof ObjectNode inner) {
                merge(inner, field.getValue());
            } else {
                into.set(field.getKey(), field.getValue());
            }
        });
    }

    private Map<String, ObjectNode> of(OtherPlatform platform) {
        return Objects.requireNonNull(items.get(platform), "every platform has its map");
    }

    private ObjectNode fixture(OtherPlatform platform) {
        String resource = "others/" + platform.path() + ".json";
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (InputStream content = loader.getResourceAsStream(resource)) {
            return (ObjectNode) mapper.readTree(Objects.requireNonNull(content, resource));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void save(OtherPlatform platform, ObjectNode item) {
        Path file = file(platform, platform.id(item));
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            Files.write(unfinished, mapper.writeValueAsBytes(item));
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException("the review cannot be kept", failure);
        }
        of(platform).put(platform.id(item), item);
    }

    private Path file(OtherPlatform platform, String id) {
        return directory
                .resolve(platform.path())
                .resolve(UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8)) + ".json");
    }
}
