package org.stonechat.testing.defect;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Values that fit a schema.
final class Samples {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> CANDIDATES = List.of(
            "sample",
            "en",
            "a-sample",
            "+31 20 555",
            "https://hooks.customers.example/x",
            "PT1H",
            "#336699",
            "a@b.example");

    private final ApiDocument document;
    private final Map<String, JsonNode> known;

    /// @param known values by the name of their property, which win over what the schema suggests
    Samples(ApiDocument document, Map<String, JsonNode> known) {
        this.document = document;
        this.known = known;
    }

    /// With every property that is required or that the caller knows a value of.
    JsonNode of(JsonNode unresolved, @Nullable String name) {
        if (name != null && known.containsKey(name)) {
            return known.get(name);
        }
        JsonNode schema = document.resolve(unresolved);
        if (schema.path("enum").isArray() && !schema.path("enum").isEmpty()) {
            return schema.path("enum").get(0);
        }
        return switch (ApiDocument.type(schema)) {
            case "object" -> object(schema);
            case "array" -> {
                var array = JSON.arrayNode();
                if (schema.path("minItems").asInt(0) > 0) {
                    array.add(of(schema.path("items"), singular(name)));
                }
                yield array;
            }
            case "integer" -> JSON.numberNode(schema.path("minimum").asInt(1));
            case "number" -> JSON.numberNode(schema.path("minimum").asDouble(1));
            case "boolean" -> JSON.booleanNode(false);
            default -> JSON.textNode(text(schema));
        };
    }

    private ObjectNode object(JsonNode schema) {
        ObjectNode object = JSON.objectNode();
        for (JsonNode required : schema.path("required")) {
            String name = required.asText();
            object.set(name, of(schema.path("properties").path(name), name));
        }
        schema.path("properties").properties().forEach(property -> {
            if (!object.has(property.getKey()) && known.containsKey(property.getKey())) {
                object.set(property.getKey(), known.get(property.getKey()));
            }
        });
        return object;
    }

    private static String text(JsonNode schema) {
        switch (schema.path("format").asText()) {
            case "uuid":
                return "0197a000-0000-7000-8000-00000000ffff";
            case "date-time":
                return "2030-01-02T03:04:05Z";
            case "date":
                return "2030-01-02";
            case "email":
                return "sample@customers.example";
            default:
        }
        for (JsonNode example : schema.path("examples")) {
            if (fits(schema, example.asText())) {
                return example.asText();
            }
        }
        return CANDIDATES.stream()
                .filter(candidate -> fits(schema, candidate))
                .findFirst()
                .orElse("sample");
    }

    private static boolean fits(JsonNode schema, String value) {
        return value.length() >= schema.path("minLength").asInt(0)
                && value.length() <= schema.path("maxLength").asInt(Integer.MAX_VALUE)
                && (!schema.has("pattern")
                        || Pattern.compile(schema.path("pattern").asText())
                                .matcher(value)
                                .find());
    }

    private static @Nullable String singular(@Nullable String name) {
        return name != null && name.endsWith("Ids") ? name.substring(0, name.length() - 1) : null;
    }
}
