package org.stonechat.testing.defect;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/// What a service's OpenAPI document says of its operations.
public final class ApiDocument {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");

    private final JsonNode document;

    public ApiDocument(JsonNode document) {
        this.document = document;
    }

    /// @param in path, query or header
    public record Parameter(String name, String in, JsonNode schema) {}

    /// @param roles   that may call it; empty for what needs no token
    /// @param media   of the body; null for an operation without one
    /// @param schema  of the body
    public record Operation(
            String method,
            String path,
            Set<String> roles,
            List<Parameter> parameters,
            @Nullable String media,
            JsonNode schema) {

        public String name() {
            return method + " " + path;
        }

        public boolean takesJson() {
            return media != null && media.endsWith("json") && !media.contains("ndjson");
        }
    }

    public List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .forEach(operation -> operations.add(
                                operation(operation.getKey(), path.getKey(), path.getValue(), operation.getValue()))));
        return operations;
    }

    private Operation operation(String method, String path, JsonNode item, JsonNode operation) {
        Set<String> roles = new TreeSet<>();
        operation
                .path("security")
                .forEach(requirement -> requirement.path("bearer").forEach(role -> roles.add(role.asText())));
        List<Parameter> parameters = new ArrayList<>();
        for (JsonNode list : List.of(item.path("parameters"), operation.path("parameters"))) {
            list.forEach(parameter -> parameters.add(new Parameter(
                    parameter.path("name").asText(),
                    parameter.path("in").asText(),
                    resolve(parameter.path("schema")))));
        }
        var content = operation.path("requestBody").path("content").properties();
        String media = content.isEmpty() ? null : content.iterator().next().getKey();
        JsonNode schema = media == null
                ? MissingNode.getInstance()
                : resolve(operation
                        .path("requestBody")
                        .path("content")
                        .path(media)
                        .path("schema"));
        return new Operation(method.toUpperCase(Locale.ROOT), path, roles, parameters, media, schema);
    }

    /// Follows references, and takes the part of a choice that is not null.
    public JsonNode resolve(JsonNode schema) {
        if (schema.has("$ref")) {
            return resolve(document.at(schema.path("$ref").asText().substring(1)));
        }
        for (String choice : List.of("anyOf", "oneOf", "allOf")) {
            for (JsonNode part : schema.path(choice)) {
                if (!"null".equals(part.path("type").asText())) {
                    return resolve(part);
                }
            }
        }
        return schema;
    }

    /// The type that is not null; empty when the document does not say.
    public static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            for (JsonNode one : type) {
                if (!one.asText().equals("null")) {
                    return one.asText();
                }
            }
        }
        return type.asText();
    }
}
