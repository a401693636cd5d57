package org.stonechat.simulator.platform;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import jakarta.ws.rs.core.MultivaluedMap;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

/// The query of `/reviews`, with its traps: lists come newest first whatever they are ordered by, `after`
/// leads to older ones, statements without a comment or a rating are hidden unless asked for, and the filter
/// `status` means the field `state`.
final class ReviewQuery {

    private static final int MOST = 1000;
    private static final int USUAL = 50;

    private final ReviewPlatform platform;
    private final List<Listed> all;
    private final Predicate<Listed> wanted;
    private final Listed.Order order;
    private final int count;
    private final @Nullable String after;
    private final @Nullable String before;

    /// One page, and where it lies.
    ///
    /// @param olderFollow whether there are older ones after it
    record Page(List<JsonNode> items, boolean olderFollow) {}

    /// @throws IllegalArgumentException when the platform would answer 400
    ReviewQuery(ReviewPlatform platform, MultivaluedMap<String, String> parameters, int most) {
        this.count = number(parameters, "count", USUAL, most);
        this.after = parameters.getFirst("after");
        this.before = parameters.getFirst("before");
        if (after != null && before != null) {
            throw new IllegalArgumentException("after and before exclude each other");
        }
        this.wanted = in(parameters, "channels", null, Listed::channel)
                .and(in(
                        parameters,
                        "rating",
                        Set.of("1", "2", "3", "4", "5"),
                        listed -> Integer.toString(listed.stars())))
                .and(in(parameters, "status", Set.of("APPROVED", "MODERATION", "REJECTED"), Listed::state))
                .and(in(parameters, "type", Set.of("SERVICE_REVIEW", "PRODUCT_REVIEW"), Listed::type))
                .and(in(
                        parameters,
                        "sku",
                        null,
                        listed -> listed.item().path("product").path("sku").asText()))
                .and(additionalInformation(parameters))
                .and(submitted(parameters))
                .and(hasReply(parameters))
                .and(statements(parameters))
                .and(query(parameters));
        this.platform = platform;
        this.order = orderBy(parameters);
        this.all = platform.inOrder(order);
    }

    ReviewQuery(ReviewPlatform platform, MultivaluedMap<String, String> parameters) {
        this(platform, parameters, MOST);
    }

    int total() {
        return (int) all.stream().filter(wanted).count();
    }

    Page page() {
        if (before != null) {
            return newer(position(before));
        }
        List<JsonNode> items = new ArrayList<>();
        for (int at = after == null ? 0 : position(after) + 1; at < all.size(); at++) {
            Listed listed = all.get(at);
            if (wanted.test(listed)) {
                if (items.size() == count) {
                    return new Page(items, true);
                }
                items.add(listed.item());
            }
        }
        return new Page(items, false);
    }

    private Page newer(int position) {
        Deque<JsonNode> items = new ArrayDeque<>();
        for (int at = position - 1; at >= 0 && items.size() < count; at--) {
            if (wanted.test(all.get(at))) {
                items.addFirst(all.get(at).item());
            }
        }
        return new Page(new ArrayList<>(items), true);
    }

    private int position(String id) {
        Listed named = platform.listed(id).orElseThrow(() -> new IllegalArgumentException("the cursor is not known"));
        int at = Collections.binarySearch(all, named, ReviewFiles.newestFirst(order));
        // It may have moved between the list and now: then the place where it would be.
        return at >= 0 ? at : -at - 1;
    }

    private static Predicate<Listed> in(
            MultivaluedMap<String, String> parameters,
            String name,
            @Nullable Set<String> allowed,
            java.util.function.Function<Listed, String> field) {
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

    private static Predicate<Listed> additionalInformation(MultivaluedMap<String, String> parameters) {
        String list = parameters.getFirst("additionalInformation");
        // It asks for more fields, which are always there; only the words are checked.
        if (list != null && !Set.of("VETO", "ATTACHMENTS").containsAll(List.of(list.split(",", -1)))) {
            throw new IllegalArgumentException("additionalInformation takes VETO and ATTACHMENTS");
        }
        return item -> true;
    }

    private static Predicate<Listed> submitted(MultivaluedMap<String, String> parameters) {
        Instant from = instant(parameters, "submittedAfter");
        Instant until = instant(parameters, "submittedBefore");
        return item -> {
            Instant at = Instant.ofEpochMilli(item.at(Listed.Order.SUBMITTED));
            return (from == null || at.isAfter(from)) && (until == null || at.isBefore(until));
        };
    }

    private static Predicate<Listed> hasReply(MultivaluedMap<String, String> parameters) {
        Boolean wanted = flag(parameters, "hasReply");
        return item -> wanted == null || item.replied() == wanted;
    }

    private static Predicate<Listed> statements(MultivaluedMap<String, String> parameters) {
        Boolean ignore = flag(parameters, "ignoreStatements");
        boolean hidden = ignore == null || ignore;
        return item -> !hidden || !item.statement();
    }

    private static Predicate<Listed> query(MultivaluedMap<String, String> parameters) {
        String query = parameters.getFirst("query");
        return item -> query == null
                || item.item().path("transaction").path("reference").asText().equals(query)
                || item.item().path("customer").path("email").asText().equalsIgnoreCase(query);
    }

    private static Listed.Order orderBy(MultivaluedMap<String, String> parameters) {
        return switch (parameters.getFirst("orderBy")) {
            case null -> Listed.Order.SUBMITTED;
            case "submittedAt" -> Listed.Order.SUBMITTED;
            case "updatedAt" -> Listed.Order.UPDATED;
            case "editedAt" -> Listed.Order.EDITED;
            default -> throw new IllegalArgumentException("orderBy takes submittedAt, updatedAt, editedAt");
        };
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
