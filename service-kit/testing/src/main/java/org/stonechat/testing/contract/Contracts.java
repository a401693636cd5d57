package org.stonechat.testing.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Actor;
import org.stonechat.kit.event.EventJson;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

/// The contracts of the events, for the tests of both sides: a consumer is fed the golden example, and what a
/// producer publishes is held against the schema.
public final class Contracts {

    /// Where schemas and examples lie on the class path; also names them towards the validator, which
    /// resolves the references between them relative to it and must never look for them on the network.
    private static final String FOLDER = "contracts/";
    private static final String BASE = "https://stonechat.invalid/";

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, registry -> registry.schemas(Contracts::schemaText));

    private Contracts() {}

    /// @param topic such as `tickets`
    /// @param type  such as `StageChanged`
    public static GoldenExample example(String topic, String type) {
        return load(topic, type, "");
    }

    /// Another case of the same event, such as `example("tickets", "MailHandled", "ignored")`; the cases are the
    /// files `<type>.<variant>.example.json`.
    public static GoldenExample example(String topic, String type, String variant) {
        return load(topic, type, "." + variant);
    }

    /// Every case of every event of a topic.
    public static List<GoldenExample> examples(String topic) {
        return files().stream()
                .filter(file -> file.startsWith(topic + "/") && file.endsWith(".example.json"))
                .map(Contracts::exampleIn)
                .toList();
    }

    /// The topics under which this type has both a schema and a golden example.
    public static List<String> topics(String type) {
        List<String> files = files();
        String schema = "/" + type + ".schema.json";
        return files.stream()
                .filter(file -> file.endsWith(schema))
                .map(file -> file.substring(0, file.length() - schema.length()))
                .filter(topic -> files.contains(topic + "/" + type + ".example.json"))
                .toList();
    }

    /// Fails with every violation when an event does not keep its contract. `personal` may not be empty where
    /// the golden example's is not: only an erasure empties it, and a producer never publishes that.
    public static void assertMatches(String topic, String type, JsonNode data, JsonNode personal) {
        if (personal.isEmpty() && !example(topic, type).personal().isEmpty()) {
            throw new AssertionError(topic + "/" + type + ": personal is empty");
        }
        assertMatchesErased(topic, type, data, personal);
    }

    /// As [#assertMatches], for an event whose `personal` may have been emptied since.
    public static void assertMatchesErased(String topic, String type, JsonNode data, JsonNode personal) {
        ObjectNode event = EventJson.MAPPER.createObjectNode();
        event.put("type", type);
        event.set("data", data);
        event.set("personal", personal);
        assertValid(topic + "/" + type, topic + "/" + type + ".schema.json", event);
    }

    /// Fails when the tree does not fit the schema at this place under the contracts, fragment included.
    static void assertValid(String what, String schema, JsonNode tree) {
        Schema loaded = SCHEMAS.getSchema(SchemaLocation.of(BASE + FOLDER + schema));
        List<Error> violations = loaded.validate(
                tree.toString(),
                InputFormat.JSON,
                execution -> execution.executionConfig(config -> config.formatAssertionsEnabled(true)));
        if (!violations.isEmpty()) {
            throw new AssertionError(violations.stream()
                    .map(Error::toString)
                    .distinct()
                    .collect(Collectors.joining("\n  ", what + " breaks its contract:\n  ", "")));
        }
    }

    /// Every file of the contracts, as `tickets/StageChanged.schema.json`, sorted.
    static List<String> files() {
        URL folder = Contracts.class.getClassLoader().getResource(FOLDER + "common.schema.json");
        if (folder == null) {
            throw new IllegalStateException("the contracts are not on the class path");
        }
        try {
            URI common = folder.toURI();
            if (common.getScheme().equals("jar")) {
                try (FileSystem jar = FileSystems.newFileSystem(common, Map.of())) {
                    return filesUnder(jar.getPath(FOLDER));
                }
            }
            Path file = Path.of(common);
            return filesUnder(file.resolveSibling("."));
        } catch (IOException failure) {
            throw new UncheckedIOException("the contracts cannot be listed", failure);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException("a class path resource has an address", impossible);
        }
    }

    static JsonNode tree(String file) {
        return EventJson.read(text(FOLDER + file));
    }

    private static List<String> filesUnder(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    private static GoldenExample load(String topic, String type, String variant) {
        return exampleIn(topic + "/" + type + variant + ".example.json");
    }

    private static GoldenExample exampleIn(String file) {
        JsonNode example = tree(file);
        return new GoldenExample(
                file.substring(0, file.indexOf('/')),
                example.required("type").asText(),
                UUID.fromString(example.required("subject").asText()),
                example.required("sequence").longValue(),
                Instant.parse(example.required("time").asText()),
                EventJson.MAPPER.convertValue(example.required("actor"), Actor.class),
                idOrNull(example.required("causationId")),
                UUID.fromString(example.required("correlationId").asText()),
                (ObjectNode) example.required("data"),
                (ObjectNode) example.required("personal"));
    }

    private static @Nullable UUID idOrNull(JsonNode value) {
        return value.isNull() ? null : UUID.fromString(value.asText());
    }

    private static @Nullable String schemaText(String address) {
        return address.startsWith(BASE) ? text(address.substring(BASE.length())) : null;
    }

    private static String text(String resource) {
        try (InputStream stream = Contracts.class.getClassLoader().getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalArgumentException("there is no " + resource);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException("not readable: " + resource, failure);
        }
    }
}
