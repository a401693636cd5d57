package org.stonechat.testing.defect;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// Makes a good request for an operation, and one with each defect that can reach it.
public final class Defects {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private static final List<String> BAD_CURSORS = List.of(
            "nonsense",
            "%F0%9F%98%80",
            "e30",
            cursor("[]"),
            cursor("[null,null,null]"),
            cursor("[{\"a\":1},[2],true]"),
            cursor("[\"a\",\"b\",\"c\"]"),
            cursor("[1e400,1e400,1e400]"),
            cursor("[9223372036854775808,\"infinite\",\"0197\"]"),
            cursor("[0,\"infinity2\",\"0197a000-0000-7000-8000-00000000ffff\"]"),
            cursor("[-5,\"2026-02-30T00:00:00Z\",\"0197a000-0000-7000-8000-00000000ffff\"]"),
            "W1tb".repeat(1000));

    private static final String[] STRANGE = {
        "👩‍👩‍👧 emoji 🦊",
        "العربية ‏שלום‏ فارسی",
        "<script>alert('x')</script><b onclick=x>bold</b>",
        "'; drop table ticket; --"
    };

    private final ApiDocument document;
    private final Samples samples;
    private final Map<String, String> ids;

    /// @param ids   values of path parameters, by the part of the path that ends with them: `/tickets/{id}`
    /// @param known values of properties by their name
    public Defects(ApiDocument document, Map<String, String> ids, Map<String, JsonNode> known) {
        this.document = document;
        this.samples = new Samples(document, known);
        this.ids = ids;
    }

    /// A request that nothing is wrong with, as far as the document tells.
    public Defect good(ApiDocument.Operation operation) {
        return new Defect(
                "good",
                Defect.Kind.NONE,
                pathParameters(operation),
                requiredQuery(operation),
                headers(operation),
                operation.media(),
                body(operation));
    }

    private byte @Nullable [] body(ApiDocument.Operation operation) {
        return operation.takesJson() ? bytes(samples.of(operation.schema(), null)) : null;
    }

    private Map<String, String> pathParameters(ApiDocument.Operation operation) {
        Map<String, String> values = new HashMap<>();
        for (ApiDocument.Parameter parameter : operation.parameters()) {
            if (parameter.in().equals("path")) {
                String upTo = operation.path().substring(0, operation.path().indexOf("{" + parameter.name() + "}"))
                        + "{"
                        + parameter.name()
                        + "}";
                values.put(
                        parameter.name(),
                        ids.entrySet().stream()
                                .filter(known -> upTo.endsWith(known.getKey()))
                                .map(Map.Entry::getValue)
                                .findFirst()
                                .orElse("0197a000-0000-7000-8000-00000000ffff"));
            }
        }
        return values;
    }

    private Map<String, String> requiredQuery(ApiDocument.Operation operation) {
        Map<String, String> query = new HashMap<>();
        for (ApiDocument.Parameter parameter : operation.parameters()) {
            if (parameter.in().equals("query") && ids.containsKey("?" + parameter.name())) {
                query.put(parameter.name(), ids.get("?" + parameter.name()));
            }
        }
        return query;
    }

    private static Map<String, String> headers(ApiDocument.Operation operation) {
        boolean conditional = operation.parameters().stream()
                .anyMatch(parameter -> parameter.name().equals("If-Match"));
        return conditional ? Map.of("If-Match", "*") : Map.of();
    }

    /// Everything that must be refused, then everything that must not.
    public List<Defect> of(ApiDocument.Operation operation) {
        List<Defect> defects = new ArrayList<>();
        Defect good = good(operation);
        paths(operation, good, defects);
        queries(operation, good, defects);
        bodies(operation, good, defects);
        return defects;
    }

    private static void paths(ApiDocument.Operation operation, Defect good, List<Defect> defects) {
        for (ApiDocument.Parameter parameter : operation.parameters()) {
            if (parameter.in().equals("path")) {
                List<String> values = new ArrayList<>(List.of("%00", "x%00y", "..%2f..", "%ff"));
                if (parameter.schema().path("format").asText().equals("uuid")) {
                    values.addAll(List.of("not-an-id", "1-1-1-1-1"));
                    // Whoever puts chooses the id.
                    if (!operation.method().equals("PUT")) {
                        values.add("0197a000-0000-7000-8000-00000000fffe");
                    }
                }
                for (String bad : values) {
                    Map<String, String> changed = new HashMap<>(good.pathParameters());
                    changed.put(parameter.name(), bad);
                    defects.add(new Defect(
                            "{" + parameter.name() + "}: " + bad,
                            Defect.Kind.PATH,
                            changed,
                            good.query(),
                            good.headers(),
                            good.contentType(),
                            good.body()));
                }
            }
        }
    }

    private static void queries(ApiDocument.Operation operation, Defect good, List<Defect> defects) {
        for (ApiDocument.Parameter parameter : operation.parameters()) {
            if (!parameter.in().equals("query")) {
                continue;
            }
            List<String> bad = new ArrayList<>(List.of("%00", "x%00"));
            JsonNode schema = parameter.schema();
            String type = ApiDocument.type(schema);
            boolean cursor =
                    parameter.name().equals("after") || parameter.name().equals("cursor");
            if (cursor) {
                bad.addAll(BAD_CURSORS);
            } else if (type.equals("integer") || type.equals("number")) {
                bad.addAll(List.of("many", "-1", "1e3", "9".repeat(400), "%D9%A3"));
                if (!schema.path("format").asText().equals("int64")) {
                    bad.add("99999999999");
                }
                if (schema.has("maximum")) {
                    bad.add(Long.toString(schema.path("maximum").asLong() + 1));
                }
                if (schema.path("minimum").asLong(0) > 0) {
                    bad.add("0");
                }
            } else if (type.equals("boolean")) {
                bad.addAll(List.of("yes", "1", "TRUE"));
            } else if (schema.path("format").asText().equals("uuid")) {
                bad.addAll(List.of("nonsense", "0197", "%F0%9F%98%80"));
            } else if (schema.path("format").asText().equals("date-time")) {
                bad.addAll(List.of("nonsense", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z", "yesterday"));
            } else if (schema.path("enum").isArray()) {
                bad.addAll(List.of("NONSENSE", "-"));
            } else if (schema.has("maxLength")) {
                bad.add("x".repeat(schema.path("maxLength").asInt() + 1));
            }
            for (String value : bad) {
                Map<String, String> changed = new HashMap<>(good.query());
                changed.put(parameter.name(), value);
                defects.add(new Defect(
                        "?" + parameter.name() + "=" + (value.length() > 60 ? value.substring(0, 60) + "…" : value),
                        cursor && BAD_CURSORS.contains(value) ? Defect.Kind.CURSOR : Defect.Kind.PARAMETER,
                        good.pathParameters(),
                        changed,
                        good.headers(),
                        good.contentType(),
                        good.body()));
            }
        }
    }

    private void bodies(ApiDocument.Operation operation, Defect good, List<Defect> defects) {
        if (operation.media() == null) {
            return;
        }
        defects.add(good.with(
                "another media type", Defect.Kind.MEDIA_TYPE, "text/plain", "hello".getBytes(StandardCharsets.UTF_8)));
        if (!operation.takesJson()) {
            return;
        }
        String media = operation.media();
        for (String broken : List.of("", "{", "nonsense", "\"text\"", "[]", "17", "null", "{\"a\":1,}")) {
            refused(good, defects, "the body " + broken, media, broken.getBytes(StandardCharsets.UTF_8));
        }
        refused(good, defects, "deep JSON", media, nested(5000));
        refused(good, defects, "deep JSON in a field", media, nestedField(operation.schema()));
        refused(good, defects, "bad UTF-8", media, new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xc3, 0x28, '"', '}'
        });
        refused(good, defects, "UTF-16", media, "{\"a\":1}".getBytes(StandardCharsets.UTF_16));
        refused(good, defects, "a NUL byte first", media, new byte[] {0, '{', '}'});
        JsonNode valid = samples.of(operation.schema(), null);
        if (!(valid instanceof ObjectNode object)) {
            return;
        }
        ObjectNode unknown = object.deepCopy();
        unknown.put("thisFieldIsNotKnown", 1);
        defects.add(good.with("an unknown field", Defect.Kind.UNKNOWN_FIELD, media, bytes(unknown)));
        String text = new String(bytes(object), StandardCharsets.UTF_8);
        refused(good, defects, "something after the end", media, (text + " {}").getBytes(StandardCharsets.UTF_8));
        for (JsonNode required : operation.schema().path("required")) {
            ObjectNode without = object.deepCopy();
            without.remove(required.asText());
            field(good, defects, "without /" + required.asText(), media, bytes(without));
            without.putNull(required.asText());
            field(good, defects, "/" + required.asText() + ": null", media, bytes(without));
        }
        fields(good, defects, media, operation.schema(), object, "", new ArrayList<>());
    }

    /// Every field of the schema, also of nested objects and lists, with every value it must not have.
    private void fields(
            Defect good,
            List<Defect> defects,
            String media,
            JsonNode schema,
            ObjectNode root,
            String pointer,
            List<String> way) {
        schema.path("properties").properties().forEach(property -> {
            String name = property.getKey();
            JsonNode field = document.resolve(property.getValue());
            List<String> here = new ArrayList<>(way);
            here.add(name);
            String at = pointer + "/" + name;
            for (Map.Entry<String, JsonNode> bad : badValues(field).entrySet()) {
                field(good, defects, at + ": " + bad.getKey(), media, bytes(with(root, here, bad.getValue())));
            }
            if (ApiDocument.type(field).equals("string")
                    && !field.has("format")
                    && !field.has("pattern")
                    && !field.path("enum").isArray()
                    && field.path("maxLength").asInt(1000) > 60) {
                for (String strange : STRANGE) {
                    legal(good, defects, at + ": " + strange, media, bytes(with(root, here, JSON.textNode(strange))));
                }
            }
            if (ApiDocument.type(field).equals("object")
                    && way.size() < 3
                    && !field.path("properties").isEmpty()) {
                ObjectNode inside = with(root, here, samples.of(field, name));
                fields(good, defects, media, field, inside, at, here);
            }
            if (ApiDocument.type(field).equals("array") && way.size() < 3) {
                JsonNode items = document.resolve(field.path("items"));
                for (Map.Entry<String, JsonNode> bad : badValues(items).entrySet()) {
                    field(
                            good,
                            defects,
                            at + "/0: " + bad.getKey(),
                            media,
                            bytes(with(root, here, JSON.arrayNode().add(bad.getValue()))));
                }
            }
        });
    }

    private Map<String, JsonNode> badValues(JsonNode schema) {
        Map<String, JsonNode> bad = new java.util.LinkedHashMap<>();
        String type = ApiDocument.type(schema);
        boolean anything = type.isEmpty() && !schema.path("enum").isArray();
        if (anything) {
            return bad;
        }
        if (!type.equals("object")) {
            bad.put("an object", JSON.objectNode().put("a", 1));
        }
        if (!type.equals("array")) {
            bad.put("a list", JSON.arrayNode().add(1));
        }
        if (!type.equals("integer") && !type.equals("number")) {
            bad.put("a number", JSON.numberNode(7));
        }
        if (!type.equals("boolean")) {
            bad.put("true", JSON.booleanNode(true));
        }
        if (!type.equals("string") && !schema.path("enum").isArray()) {
            bad.put("text", JSON.textNode("text"));
            bad.put("empty text", JSON.textNode(""));
        }
        if (type.equals("integer")) {
            bad.put("a fraction", JSON.numberNode(1.5));
            bad.put("a huge number", JSON.numberNode(new java.math.BigInteger("9".repeat(60))));
        }
        if (schema.has("maximum")) {
            bad.put("too much", JSON.numberNode(schema.path("maximum").asLong() + 1));
        }
        if (schema.has("minimum")) {
            bad.put("too little", JSON.numberNode(schema.path("minimum").asLong() - 1));
        }
        if (type.equals("string") || schema.path("enum").isArray()) {
            strings(schema, bad);
        }
        if (type.equals("array")
                && schema.has("maxItems")
                // The same again is one in a set.
                && !schema.path("uniqueItems").asBoolean()
                && schema.path("maxItems").asInt() <= 5000) {
            ArrayNode many = JSON.arrayNode();
            JsonNode item = samples.of(schema.path("items"), null);
            for (int count = 0; count <= schema.path("maxItems").asInt(); count++) {
                many.add(item);
            }
            bad.put("too many", many);
        }
        if (type.equals("array")) {
            bad.put("a list of null", JSON.arrayNode().addNull());
        }
        return bad;
    }

    private static void strings(JsonNode schema, Map<String, JsonNode> bad) {
        bad.put("NUL", JSON.textNode("a\0b"));
        bad.put("half of a pair", JSON.textNode("a\ud83d"));
        if (schema.path("enum").isArray()) {
            bad.put("an unknown word", JSON.textNode("NONSENSE"));
            return;
        }
        if (schema.has("maxLength") && schema.path("maxLength").asInt() <= 1_000_000) {
            bad.put(
                    "too long",
                    JSON.textNode("x".repeat(schema.path("maxLength").asInt() + 1)));
        }
        if (schema.path("minLength").asInt(0) > 0) {
            bad.put("empty", JSON.textNode(""));
        }
        switch (schema.path("format").asText()) {
            case "uuid" -> {
                bad.put("no id", JSON.textNode("nonsense"));
                bad.put("a short id", JSON.textNode("1-1-1-1-1"));
                bad.put("an id in base64", JSON.textNode("AZegAAAAcACAAAAAAAD//w=="));
            }
            case "date-time" -> {
                bad.put("off the calendar", JSON.textNode("2026-02-30T00:00:00Z"));
                bad.put("a 13th month", JSON.textNode("2026-13-01T00:00:00Z"));
                bad.put("no zone", JSON.textNode("2026-01-01T00:00:00"));
                bad.put("far off", JSON.textNode("+999999999-01-01T00:00:00Z"));
                bad.put("long ago", JSON.textNode("-999999999-01-01T00:00:00Z"));
                bad.put("words", JSON.textNode("tomorrow"));
            }
            case "email" -> bad.put("no address", JSON.textNode("nonsense"));
            default -> {}
        }
    }

    private static ObjectNode with(ObjectNode root, List<String> way, JsonNode value) {
        ObjectNode copy = root.deepCopy();
        ObjectNode inner = copy;
        for (String step : way.subList(0, way.size() - 1)) {
            JsonNode next = inner.path(step);
            inner = next instanceof ObjectNode object ? object : inner.putObject(step);
        }
        inner.set(way.getLast(), value);
        return copy;
    }

    private static byte[] nested(int depth) {
        return ("{\"a\":".repeat(depth) + "1" + "}".repeat(depth)).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] nestedField(JsonNode schema) {
        var names = schema.path("properties").fieldNames();
        String name = names.hasNext() ? names.next() : "a";
        return ("{\"" + name + "\":" + "[".repeat(100) + "]".repeat(100) + "}").getBytes(StandardCharsets.UTF_8);
    }

    private static void refused(Defect good, List<Defect> defects, String what, String media, byte[] body) {
        defects.add(good.with(what, Defect.Kind.BODY, media, body));
    }

    private static void field(Defect good, List<Defect> defects, String what, String media, byte[] body) {
        defects.add(good.with(what, Defect.Kind.FIELD, media, body));
    }

    private static void legal(Defect good, List<Defect> defects, String what, String media, byte[] body) {
        defects.add(good.with(what, Defect.Kind.NONE, media, body));
    }

    private static byte[] bytes(JsonNode json) {
        // Written by hand where UTF-8 cannot say it: half of a pair goes as an escape.
        return json.toString().replace("\ud83d\"", "\\ud83d\"").getBytes(StandardCharsets.UTF_8);
    }

    private static String cursor(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }
}
