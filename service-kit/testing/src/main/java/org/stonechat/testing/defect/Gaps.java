package org.stonechat.testing.defect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

/// What an OpenAPI document leaves open that a typed client needs to know.
public final class Gaps {

    private static final Set<String> METHODS = Set.of("get", "put", "post", "patch", "delete");
    private static final String PROBLEM = "application/problem+json";
    private static final Pattern OPERATION_ID = Pattern.compile("([a-z][A-Za-z0-9]*_)?[a-z]+[A-Z][A-Za-z0-9]*");
    private static final Pattern NUMBERED = Pattern.compile(".*[A-Za-z][0-9]");
    private static final Pattern WORDS =
            Pattern.compile("\\b(?!API|HTML|JSON|MIME|NUL|RFC|SHA|URL|URN|UTC)[A-Z][A-Z_]{2,}\\b");
    private static final Pattern CHOICE = Pattern.compile("\\(?[A-Za-z_-]+(\\|[A-Za-z_-]+)+\\)?");

    /// Properties of such a name usually hold one of a few words.
    private static final Set<String> OF_FEW_WORDS =
            Set.of("state", "status", "kind", "priority", "face", "scope", "channel", "delivery", "preset", "presence");

    private final JsonNode document;
    private final Set<String> excepted;
    private final Set<String> used = new HashSet<>();
    private final List<String> found = new ArrayList<>();

    private Gaps(JsonNode document, Set<String> excepted) {
        this.document = document;
        this.excepted = excepted;
    }

    /// @param excepted what is left open on purpose, such as `HistoryEntry.details`; one that is not needed is a
    ///                 gap too
    public static List<String> in(JsonNode document, Set<String> excepted) {
        Gaps gaps = new Gaps(document, excepted);
        gaps.operations();
        gaps.schemas();
        excepted.stream()
                .filter(exception -> !gaps.used.contains(exception))
                .sorted()
                .forEach(exception -> gaps.found.add(exception + " is excepted and needs not be"));
        return gaps.found;
    }

    private void gap(String where, String what) {
        if (excepted.contains(where)) {
            used.add(where);
        } else {
            found.add(where + " " + what);
        }
    }

    // Operations

    private void operations() {
        Set<String> ids = new HashSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .forEach(operation -> operation(
                                operation.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey(),
                                operation.getValue(),
                                ids)));
    }

    private void operation(String name, JsonNode operation, Set<String> ids) {
        String id = operation.path("operationId").asText();
        if (!OPERATION_ID.matcher(id).matches()) {
            gap(name, "has no good operation id but '" + id + "'");
        } else if (!ids.add(id)) {
            gap(name, "shares its operation id " + id);
        }
        Set<String> headers = new HashSet<>();
        for (JsonNode parameter : operation.path("parameters")) {
            String parameterName = parameter.path("name").asText();
            headers.add(parameterName);
            if (!parameter.path("in").asText().equals("path")) {
                schema(name + " " + parameterName, parameter.path("schema"));
            } else if (ApiDocument.type(resolve(parameter.path("schema"))).isEmpty()) {
                gap(name + " " + parameterName, "has no type");
            }
        }
        for (Map.Entry<String, JsonNode> body :
                operation.path("requestBody").path("content").properties()) {
            body(name + " takes", body.getKey(), body.getValue().path("schema"));
        }
        boolean good = false;
        for (Map.Entry<String, JsonNode> answer : operation.path("responses").properties()) {
            String status = answer.getKey();
            good |= status.startsWith("2") || status.startsWith("3");
            answer(name + " " + status, status, answer.getValue());
        }
        if (!good) {
            gap(name, "says nothing of going well");
        }
        if (headers.contains("If-Match") && !operation.path("responses").has("412")) {
            gap(name, "does not say what a stale If-Match leads to");
        }
    }

    private void answer(String where, String status, JsonNode answer) {
        JsonNode content = answer.path("content");
        if (status.startsWith("2") && !status.equals("204")) {
            if (content.isEmpty()) {
                gap(where, "has no schema");
            }
            for (Map.Entry<String, JsonNode> body : content.properties()) {
                body(where, body.getKey(), body.getValue().path("schema"));
                boolean versioned = resolve(body.getValue().path("schema"))
                        .path("properties")
                        .has("version");
                if (versioned && !answer.path("headers").has("ETag")) {
                    gap(where, "does not declare its ETag");
                }
            }
        }
        if (status.startsWith("4") || status.startsWith("5")) {
            boolean page = content.has("text/html");
            if (!page
                    && !content.path(PROBLEM)
                            .path("schema")
                            .path("$ref")
                            .asText()
                            .endsWith("/Problem")) {
                gap(where, "is no problem");
            }
        }
    }

    private void body(String where, String media, JsonNode schema) {
        if (media.equals("application/octet-stream")
                && !resolve(schema).path("format").asText().equals("binary")) {
            gap(where, "is not declared as binary");
        }
        schema(where, schema);
    }

    // Schemas

    private void schemas() {
        Set<String> asked = new HashSet<>();
        Set<String> told = new HashSet<>();
        document.path("paths")
                .forEach(path -> path.forEach(operation -> {
                    reach(operation.path("requestBody"), asked);
                    reach(operation.path("responses"), told);
                }));
        for (Map.Entry<String, JsonNode> schema :
                document.path("components").path("schemas").properties()) {
            String name = schema.getKey();
            if (NUMBERED.matcher(name).matches()) {
                gap(name, "shares its name with another schema");
            }
            schema(name, schema.getValue());
            boolean sparse = told.contains(name)
                    && !asked.contains(name)
                    && !schema.getValue().path("properties").isEmpty()
                    && schema.getValue().path("required").isEmpty();
            if (sparse) {
                gap(name, "promises none of its properties");
            }
        }
    }

    private void schema(String where, JsonNode schema) {
        if (schema.has("$ref")) {
            if (resolve(schema).isMissingNode()) {
                gap(where, "refers to nothing");
            }
            return;
        }
        boolean choice = schema.has("anyOf") || schema.has("oneOf") || schema.has("allOf");
        if (!choice && !schema.has("type") && !schema.has("enum")) {
            gap(where, "has no type");
            return;
        }
        for (String parts : List.of("anyOf", "oneOf", "allOf")) {
            schema.path(parts).forEach(part -> schema(where, part));
        }
        switch (ApiDocument.type(schema)) {
            case "object" -> object(where, schema);
            case "array" -> schema(where + "[]", schema.path("items"));
            case "string" -> text(where, schema);
            default -> {}
        }
    }

    private void object(String where, JsonNode schema) {
        schema.path("properties")
                .properties()
                .forEach(property -> schema(where + "." + property.getKey(), property.getValue()));
        JsonNode others = schema.path("additionalProperties");
        if (others.isObject()) {
            schema(where + ".*", others);
        } else if (schema.path("properties").isEmpty()) {
            gap(where, "is any object");
        }
    }

    private void text(String where, JsonNode schema) {
        if (schema.path("enum").isArray()) {
            return;
        }
        String name = where.substring(Math.max(where.lastIndexOf('.'), where.lastIndexOf(' ')) + 1);
        String format = schema.path("format").asText();
        boolean identity = name.equals("id") || name.endsWith("Id") || name.endsWith("Ids[]");
        boolean time = name.equals("at") || name.endsWith("At");
        if (identity && !format.equals("uuid")) {
            gap(where, "is an id without the format");
        } else if (time && !format.equals("date-time")) {
            gap(where, "is a time without the format");
        } else if (format.isEmpty() && ofFewWords(name, schema)) {
            gap(where, "looks like one of a few words that are not listed");
        }
    }

    /// What has a form of its own is no choice of words, unless the form is one.
    private static boolean ofFewWords(String name, JsonNode schema) {
        String pattern = schema.path("pattern").asText();
        if (!pattern.isEmpty()) {
            return CHOICE.matcher(pattern).matches();
        }
        return OF_FEW_WORDS.contains(name)
                || WORDS.matcher(schema.path("description").asText()).results().count() > 1;
    }

    private JsonNode resolve(JsonNode schema) {
        return schema.has("$ref")
                ? resolve(document.at(schema.path("$ref").asText().substring(1)))
                : schema;
    }

    private void reach(JsonNode node, Set<String> names) {
        if (node.has("$ref")) {
            String reference = node.path("$ref").asText();
            if (names.add(reference.substring(reference.lastIndexOf('/') + 1))) {
                reach(document.at(reference.substring(1)), names);
            }
        }
        node.forEach(child -> reach(child, names));
    }
}
