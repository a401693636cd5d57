package org.stonechat.simulator.platform;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import jakarta.ws.rs.core.MultivaluedMap;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

/// The query of `/reviews`, with its traps: lists come newest first whatever they are ordered by, `after` leads to
/// older
/// ones, statements without a comment or a rating are hidden unless asked for, and the filter `status` means the field
/// `state`.
final class ReviewQuery {

    private static final int MOST = 1000;
    private static final int USUAL = 50;

    private final List<JsonNode> matching;
    private final int count;
    private final @Nullable String after;
    private final @Nullable String before;

    /// One page, and where it lies.
    ///
    /// @param olderFollow whether there are older ones after it
    record Page(List<JsonNode> items, boolean olderFollow) {}

    /// @throws IllegalArgumentException when the platform would answer 400
    ReviewQuery(List<StoredReview> reviews, MultivaluedMap<String, String> parameters, int most) {
        this.count = number(parameters, "count", USUAL, most);
        this.after = parameters.getFirst("after");
        this.before = parameters.getFirst("before");
        if (after != null && before != null) {
            throw new IllegalArgumentException("after and before exclude each other");
        }
        Predicate<JsonNode> wanted = in(
                        parameters,
                        "channels",
                        null,
                        item -> item.path("channelRef").asText())
                .and(in(parameters, "rating", Set.of("1", "2", "3", "4", "5"), ReviewQuery::stars))
                .and(in(
                        parameters,
                        "status",
                        Set.of("APPROVED", "MODERATION", "REJECTED"),
                        item -> item.path("state").asText()))
                .and(in(
                        parameters,
                        "type",
                        Set.of("SERVICE_REVIEW", "PRODUCT_REVIEW"),
                        item -> item.path("type").asText()))
                .and(in(
                        parameters,
                        "sku",
                        null,
                        item -> item.path("product").path("sku").asText()))
                .and(additionalInformation(parameters))
                .and(submitted(parameters))
                .and(hasReply(parameters))
                .and(statements(parameters))
                .and(query(parameters));
        String orderedBy = orderBy(parameters);
        this.matching = reviews.stream()
                .<JsonNode>map(StoredReview::item)
                .filter(wanted)
                .sorted(Comparator.comparing(
                                (JsonNode item) -> item.path(orderedBy).asText(""))
                        .thenComparing(item -> item.path("id").asText())
                        .reversed())
                .toList();
    }

    ReviewQuery(List<StoredReview> reviews, MultivaluedMap<String, String> parameters) {
        this(reviews, parameters, MOST);
    }

    int total() {
        return matching.size();
    }

    List<JsonNode> matching() {
        return matching;
    }

    Page page() {
        int from = 0;
        int to = Math.min(count, matching.size());
        if (after != null) {
            from = position(after) + 1;
            to = Math.min(from + count, matching.size());
        } else if (before != null) {
            to = position(before);
            from = Math.max(0, to - count);
        }
        return new Page(matching.subList(from, to), to < matching.size());
    }

    private int position(String id) {
        for (int i = 0; i < matching.size(); i++) {
            if (matching.get(i).path("id").asText().equals(id)) {
                return i;
            }
        }
        throw new IllegalArgumentException("the cursor is not known");
    }

    private static String stars(JsonNode item) {
        return item.path("rating").isNumber()
                ? Long.toString(Math.round(item.path("rating").asDouble()))
                : "";
    }

    private static Predicate<JsonNode> in(
            MultivaluedMap<String, String> parameters,
            String name,
            @Nullable Set<String> allowed,
            java.util.function.Function<JsonNode, String> field) {
        String list = parameters.getFirst(name);
        if (list == null || list.isEmpty()) {
            return item -> true;
        }
        Set<String> values =
                Arrays.stream(list.split(",", -1)).map(String::strip).collect(Collectors.toSet());
        if (allowed != null && !allowed.containsAll(values)) {
            throw new IllegalArgumentException(name + " takes " + allowed);
        }
        return item -> values.contains(field.apply(item));
    }

    private static Predicate<JsonNode> additionalInformation(MultivaluedMap<String, String> parameters) {
        String list = parameters.getFirst("additionalInformation");
        // It asks for more fields, which are always there; only the words are checked.
        if (list != null && !Set.of("VETO", "ATTACHMENTS").containsAll(List.of(list.split(",", -1)))) {
            throw new IllegalArgumentException("additionalInformation takes VETO and ATTACHMENTS");
        }
        return item -> true;
    }

    private static Predicate<JsonNode> submitted(MultivaluedMap<String, String> parameters) {
        Instant from = instant(parameters, "submittedAfter");
        Instant until = instant(parameters, "submittedBefore");
        return item -> {
            Instant at = Instant.parse(item.path("submittedAt").asText());
            return (from == null || at.isAfter(from)) && (until == null || at.isBefore(until));
        };
    }

    private static Predicate<JsonNode> hasReply(MultivaluedMap<String, String> parameters) {
        Boolean wanted = flag(parameters, "hasReply");
        return item -> wanted == null || item.has("reply") == wanted;
    }

    private static Predicate<JsonNode> statements(MultivaluedMap<String, String> parameters) {
        Boolean ignore = flag(parameters, "ignoreStatements");
        boolean hidden = ignore == null || ignore;
        return item -> !hidden
                || (item.path("rating").isNumber()
                        && !item.path("comment").asText("").isEmpty()
                        && !item.path("comment").isNull());
    }

    private static Predicate<JsonNode> query(MultivaluedMap<String, String> parameters) {
        String query = parameters.getFirst("query");
        return item -> query == null
                || item.path("transaction").path("reference").asText().equals(query)
                || item.path("customer").path("email").asText().equalsIgnoreCase(query);
    }

    private static String orderBy(MultivaluedMap<String, String> parameters) {
        String order = parameters.getFirst("orderBy");
        if (order == null) {
            return "submittedAt";
        }
        if (!Set.of("submittedAt", "updatedAt", "editedAt").contains(order)) {
            throw new IllegalArgumentException("orderBy takes submittedAt, updatedAt, editedAt");
        }
        return order;
    }

    private static int number(MultivaluedMap<String, String> parameters, String name, int usual, int most) {
        String given = parameters.getFirst(name);
        if (given == null) {
            return usual;
        }
        if (!given.matches("\\d{1,6}") || Integer.parseInt(given) < 1 || Integer.parseInt(given) > most) {
            throw new IllegalArgumentException(name + " is from 1 to " + most);
        }
        return Integer.parseInt(given);
    }

    private static @Nullable Boolean flag(MultivaluedMap<String, String> parameters, String name) {
        String given = parameters.getFirst(name);
        if (given == null) {
            return null;
        }
        return switch (given) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> throw new IllegalArgumentException(name + " is true or false");
        };
    }

    private static @Nullable Instant instant(MultivaluedMap<String, String> parameters, String name) {
        String given = parameters.getFirst(name);
        if (given == null) {
            return null;
        }
        try {
            return Instant.parse(given);
        } catch (DateTimeParseException invalid) {
            throw new IllegalArgumentException(name + " is a time like 2018-02-01T17:10:42.733Z", invalid);
        }
    }
}
