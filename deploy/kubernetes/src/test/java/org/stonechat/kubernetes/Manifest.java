package org.stonechat.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;

/// One object of the set, and the file it stands in.
record Manifest(String file, JsonNode content) {

    private static final ObjectMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    // `yes`, `on` and the like are words, as for the API's own reader.
                    .disable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
                    .build())
            .build();

    /// The complete set that the build put together.
    static List<Manifest> all() {
        try (Stream<Path> files = Files.list(Path.of("target/manifests"))) {
            return files.filter(file -> file.toString().endsWith(".yml"))
                    .sorted()
                    .flatMap(file -> in(file).stream())
                    .toList();
        } catch (IOException missing) {
            throw new UncheckedIOException("the build has put no manifests together", missing);
        }
    }

    static List<Manifest> in(Path file) {
        try {
            return parse(String.valueOf(file.getFileName()), Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static List<Manifest> parse(String file, String yaml) {
        try (MappingIterator<JsonNode> documents =
                YAML.readerFor(JsonNode.class).readValues(yaml)) {
            List<Manifest> manifests = new ArrayList<>();
            while (documents.hasNext()) {
                JsonNode document = documents.next();
                if (document != null && document.isObject()) {
                    manifests.add(new Manifest(file, document));
                }
            }
            return manifests;
        } catch (IOException malformed) {
            throw new UncheckedIOException(file + " is not YAML", malformed);
        }
    }

    String kind() {
        return content.path("kind").asText();
    }

    String apiVersion() {
        return content.path("apiVersion").asText();
    }

    String name() {
        return content.path("metadata").path("name").asText();
    }

    boolean is(String kind) {
        return kind().equals(kind);
    }

    @Override
    public String toString() {
        return kind() + " " + name() + " (" + file + ")";
    }
}
