package org.stonechat.kit.audit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventJson;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/// Which fields of a thing an administrator changed, and how.
///
/// Fields that are named like a secret are said to have changed, and nothing more.
public final class Changes {

    private static final Pattern SECRET =
            Pattern.compile(".*(secret|password|credential|token).*", Pattern.CASE_INSENSITIVE);
    private static final Set<String> BOOKKEEPING = Set.of("version", "createdAt", "updatedAt", "changedAt");
    private static final int LONGEST = 300;

    private final List<FieldChange> fields;

    private Changes(List<FieldChange> fields) {
        this.fields = List.copyOf(fields);
    }

    public static Changes none() {
        return new Changes(List.of());
    }

    /// Compares the two as JSON, field by field.
    ///
    /// @param before null when it was made
    /// @param after  null when it was removed
    public static Changes between(@Nullable Object before, @Nullable Object after) {
        JsonNode old = tree(before);
        JsonNode now = tree(after);
        Set<String> names = new LinkedHashSet<>();
        old.fieldNames().forEachRemaining(names::add);
        now.fieldNames().forEachRemaining(names::add);
        List<FieldChange> changes = new ArrayList<>();
        for (String name : names) {
            String from = text(old.path(name));
            String to = text(now.path(name));
            if (BOOKKEEPING.contains(name) || (from == null ? to == null : from.equals(to))) {
                continue;
            }
            changes.add(
                    SECRET.matcher(name).matches()
                            ? new FieldChange(name, null, null, true)
                            : new FieldChange(name, shortened(from), shortened(to), false));
        }
        return new Changes(changes);
    }

    /// These, and a field whose values are not to be told.
    public Changes andWithheld(String field) {
        List<FieldChange> more = new ArrayList<>(fields);
        more.removeIf(change -> change.field().equals(field));
        more.add(new FieldChange(field, null, null, true));
        return new Changes(more);
    }

    /// These without the values of a field, if it is among them: what people wrote is not for the audit.
    public Changes withholding(String field) {
        return fields.stream().anyMatch(change -> change.field().equals(field)) ? andWithheld(field) : this;
    }

    /// These without fields that no administrator sets.
    public Changes without(String... names) {
        Set<String> left = Set.of(names);
        return new Changes(
                fields.stream().filter(change -> !left.contains(change.field())).toList());
    }

    public boolean isEmpty() {
        return fields.isEmpty();
    }

    List<FieldChange> fields() {
        return fields;
    }

    private static JsonNode tree(@Nullable Object value) {
        return value == null ? MissingNode.getInstance() : EventJson.MAPPER.valueToTree(value);
    }

    private static @Nullable String text(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        return value.isTextual() ? value.textValue() : value.toString();
    }

    private static @Nullable String shortened(@Nullable String text) {
        return text == null || text.codePointCount(0, text.length()) <= LONGEST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST - 1)) + "…";
    }
}
