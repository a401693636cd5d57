package org.stonechat.kit.rest;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventJson;
import org.stonechat.kit.problem.CommonError;
import org.stonechat.kit.problem.FieldError;
import org.stonechat.kit.problem.ProblemException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A JSON Merge Patch (RFC 7396) applied to an explicit list of fields.
///
/// ```java
/// MergePatch.of(body)
///         .ifPresent("subject", String.class, ticket::rename)
///         .ifPresentOrNull("dueAt", Instant.class, ticket::expectBy)
///         .apply();
/// ```
///
/// Nothing is changed before [#apply]; it refuses the whole patch when a field is unknown or has a wrong
/// type, and otherwise calls the consumers in the order in which the resource names the fields.
public final class MergePatch {

    public static final String MEDIA_TYPE = "application/merge-patch+json";

    private static final ObjectMapper MAPPER = StrictJson.apply(EventJson.MAPPER.copy());

    private final ObjectNode patch;
    private final Set<String> known = new LinkedHashSet<>();
    private final List<FieldError> errors = new ArrayList<>();
    private final List<Runnable> changes = new ArrayList<>();

    private MergePatch(ObjectNode patch) {
        this.patch = patch;
    }

    /// @throws ProblemException 400 `request-invalid` when the patch is not an object
    public static MergePatch of(@Nullable JsonNode patch) {
        if (patch instanceof ObjectNode object) {
            if (!StrictJson.isText(object)) {
                throw ProblemException.invalid("", "Text has neither NUL nor half of a surrogate pair in it.");
            }
            return new MergePatch(object);
        }
        throw ProblemException.invalid("", "A merge patch is a JSON object.");
    }

    /// A field that can be changed but not removed: null is refused.
    public <T> MergePatch ifPresent(String field, Class<T> type, Consumer<? super T> change) {
        return required(field, javaType(type), change);
    }

    /// The same for generic types, such as a list of ids.
    public <T> MergePatch ifPresent(String field, TypeReference<T> type, Consumer<? super T> change) {
        return required(field, javaType(type), change);
    }

    /// A field that can be removed: the consumer gets null then.
    public <T> MergePatch ifPresentOrNull(String field, Class<T> type, Consumer<@Nullable T> change) {
        return optional(field, javaType(type), change);
    }

    /// The same for generic types.
    public <T> MergePatch ifPresentOrNull(String field, TypeReference<T> type, Consumer<@Nullable T> change) {
        return optional(field, javaType(type), change);
    }

    /// Whether the patch names the field at all, be it with null.
    public boolean has(String field) {
        return patch.has(field);
    }

    /// Makes the changes.
    ///
    /// @throws ProblemException 400 `field-unknown` or `request-invalid`, with every field that is wrong
    public void apply() {
        List<FieldError> unknown = new ArrayList<>();
        patch.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                unknown.add(new FieldError(pointer(name), "is not known or cannot be changed"));
            }
        });
        if (!unknown.isEmpty()) {
            throw new ProblemException(
                    CommonError.FIELD_UNKNOWN,
                    "These can be changed: " + String.join(", ", known) + ".",
                    unknown,
                    Map.of());
        }
        if (!errors.isEmpty()) {
            throw new ProblemException(
                    CommonError.REQUEST_INVALID, "Some fields are not as they must be.", errors, Map.of());
        }
        changes.forEach(Runnable::run);
    }

    private <T> MergePatch required(String field, JavaType type, Consumer<? super T> change) {
        known.add(field);
        JsonNode node = patch.get(field);
        if (node == null) {
            return this;
        }
        T value = node.isNull() ? null : convert(field, node, type);
        if (value != null) {
            changes.add(() -> change.accept(value));
        } else if (node.isNull()) {
            errors.add(new FieldError(pointer(field), "cannot be removed"));
        }
        return this;
    }

    private <T> MergePatch optional(String field, JavaType type, Consumer<@Nullable T> change) {
        known.add(field);
        JsonNode node = patch.get(field);
        if (node == null) {
            return this;
        }
        T value = node.isNull() ? null : convert(field, node, type);
        if (node.isNull() || value != null) {
            changes.add(() -> change.accept(value));
        }
        return this;
    }

    /// Null, and one error more, when the value does not fit.
    private <T> @Nullable T convert(String field, JsonNode node, JavaType type) {
        // Jackson would make a string of a number, which hides a client's mistake.
        if (type.hasRawClass(String.class) && !node.isTextual()) {
            errors.add(new FieldError(pointer(field), "has the wrong type or format"));
            return null;
        }
        try {
            return MAPPER.readerFor(type).readValue(node);
        } catch (JsonProcessingException mismatch) {
            errors.add(new FieldError(pointer(field), "has the wrong type or format"));
            return null;
        } catch (java.io.IOException unreadable) {
            throw new IllegalStateException("a JSON tree could not be read", unreadable);
        }
    }

    private static JavaType javaType(Class<?> type) {
        return MAPPER.constructType(type);
    }

    private static JavaType javaType(TypeReference<?> type) {
        return MAPPER.constructType(type.getType());
    }

    private static String pointer(String field) {
        return "/" + field.replace("~", "~0").replace("/", "~1");
    }
}
