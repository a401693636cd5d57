package org.stonechat.review.csvimport;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A file of reviews: one per row, under a header that names the columns.
final class ReviewFile {

    static final List<String> COLUMNS = List.of(
            "externalId",
            "sourceRef",
            "kind",
            "rating",
            "title",
            "body",
            "submittedAt",
            "authorName",
            "email",
            "orderReference",
            "sku");

    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Map<String, String> BY_LOWER_CASE = COLUMNS.stream()
            .collect(java.util.stream.Collectors.toMap(name -> name.toLowerCase(Locale.ROOT), name -> name));

    private final CsvReader rows;
    private final List<String> header;

    /// The file as a whole is not one of reviews.
    static final class Unreadable extends RuntimeException {

        private final String reason;

        Unreadable(String reason) {
            super(reason);
            this.reason = reason;
        }

        String reason() {
            return reason;
        }
    }

    /// @param review in the form in which webhooks bring them; null when the row cannot be taken apart
    /// @param defect why it cannot
    record Line(
            int number,
            @Nullable ObjectNode review,
            @Nullable String defect) {}

    /// @throws Unreadable when its header is not that of such a file
    ReviewFile(String text) {
        rows = new CsvReader(text);
        CsvReader.Row first = rows.next();
        if (first == null || first.defect() != null) {
            throw new Unreadable("The file has no header.");
        }
        header = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String field : first.fields()) {
            String name = BY_LOWER_CASE.get(field.strip().toLowerCase(Locale.ROOT));
            if (name == null) {
                throw new Unreadable("The header has a column that is not one of " + String.join(", ", COLUMNS) + ".");
            }
            if (!seen.add(name)) {
                throw new Unreadable("The header has the column " + name + " twice.");
            }
            header.add(name);
        }
        if (!seen.contains("submittedAt")) {
            throw new Unreadable("The header lacks the column submittedAt.");
        }
    }

    /// Null at the end.
    @Nullable
    Line next() {
        CsvReader.Row row = rows.next();
        if (row == null) {
            return null;
        }
        if (row.defect() != null) {
            return new Line(row.line(), null, row.defect());
        }
        if (row.fields().size() != header.size()) {
            return new Line(
                    row.line(),
                    null,
                    "The row has %d fields, the header %d."
                            .formatted(row.fields().size(), header.size()));
        }
        ObjectNode review = JsonNodeFactory.instance.objectNode();
        for (int column = 0; column < header.size(); column++) {
            String value = row.fields().get(column).strip();
            if (!value.isEmpty()) {
                review.put(header.get(column), value(header.get(column), value));
            }
        }
        if (review.isEmpty()) {
            return new Line(row.line(), null, "The row is empty.");
        }
        if (!review.hasNonNull("externalId")) {
            review.put("externalId", derivedId(review));
        }
        return new Line(row.line(), review, null);
    }

    private static String value(String column, String value) {
        return switch (column) {
            // A spreadsheet in most of Europe writes 4,5.
            case "rating" -> value.replace(',', '.');
            case "submittedAt" -> DAY.matcher(value).matches() ? value + "T00:00:00Z" : value;
            default -> value;
        };
    }

    /// From what a corrected file leaves as it is: neither the rating nor the text.
    private static String derivedId(ObjectNode review) {
        StringBuilder parts = new StringBuilder();
        for (String column : List.of("sourceRef", "submittedAt", "email", "orderReference", "sku")) {
            String part = review.path(column).asText("");
            parts.append(part.length()).append(':').append(part);
        }
        return "csv-" + UUID.nameUUIDFromBytes(parts.toString().getBytes(StandardCharsets.UTF_8));
    }
}
