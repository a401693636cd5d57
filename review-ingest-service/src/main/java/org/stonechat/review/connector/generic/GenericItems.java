package org.stonechat.review.connector.generic;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.stonechat.kit.event.EventJson;
import org.stonechat.review.connector.FetchedItem;
import org.stonechat.review.connector.JsonFields;
import org.stonechat.review.connector.PlatformReview;
import org.stonechat.review.connector.ReviewKind;
import org.stonechat.review.connector.ReviewState;
import org.stonechat.review.connector.SubRating;

import com.fasterxml.jackson.databind.JsonNode;

import static org.stonechat.review.connector.JsonFields.LONGEST_BODY;
import static org.stonechat.review.connector.JsonFields.LONGEST_ID;
import static org.stonechat.review.connector.JsonFields.LONGEST_NAME;
import static org.stonechat.review.connector.JsonFields.LONGEST_TITLE;
import static org.stonechat.review.connector.JsonFields.language;
import static org.stonechat.review.connector.JsonFields.rating;
import static org.stonechat.review.connector.JsonFields.requireTime;
import static org.stonechat.review.connector.JsonFields.text;
import static org.stonechat.review.connector.JsonFields.word;

/// Reads a review in the form this service asks for.
///
/// `externalId`, `sourceRef`, `kind` (SERVICE, PRODUCT, APP, LOCATION), `state` (PUBLISHED, MODERATION,
/// REJECTED, WITHDRAWN …), `rating` (1 to 5), `subRatings` (an object of ratings by name), `title`, `body`,
/// `language`, `submittedAt`, `updatedAt`, `authorName`, `email`, `orderReference`, `sku`, `productName`.
/// Only `externalId` and `submittedAt` have to be there.
final class GenericItems {

    private GenericItems() {}

    static FetchedItem read(JsonNode item) {
        return JsonFields.read(item, item.path("externalId").asText(""), id -> review(id, item));
    }

    private static PlatformReview review(String id, JsonNode item) {
        Instant submittedAt = requireTime(item, "submittedAt", () -> null);
        String state = word(item, "state");
        return new PlatformReview(
                id,
                text(item, "sourceRef", LONGEST_ID),
                kind(word(item, "kind")),
                state(state),
                state.isEmpty() ? ReviewState.PUBLISHED.name() : state,
                rating(item.path("rating")),
                subRatings(item.path("subRatings")),
                text(item, "title", LONGEST_TITLE),
                text(item, "body", LONGEST_BODY),
                language(item.path("language").textValue()),
                submittedAt,
                requireTime(item, "updatedAt", () -> submittedAt),
                text(item, "authorName", LONGEST_NAME),
                text(item, "email", LONGEST_NAME),
                text(item, "orderReference", LONGEST_ID),
                text(item, "sku", LONGEST_ID),
                text(item, "productName", LONGEST_NAME),
                List.of(),
                null);
    }

    private static ReviewKind kind(String word) {
        if (word.isEmpty()) {
            return ReviewKind.SERVICE;
        }
        for (ReviewKind kind : ReviewKind.values()) {
            if (kind.name().equals(word)) {
                return kind;
            }
        }
        throw new JsonFields.Unreadable("The kind is none of SERVICE, PRODUCT, APP and LOCATION.");
    }

    private static ReviewState state(String word) {
        if (word.isEmpty()) {
            return ReviewState.PUBLISHED;
        }
        for (ReviewState state : ReviewState.values()) {
            if (state.name().equals(word)) {
                return state;
            }
        }
        return ReviewState.UNKNOWN;
    }

    private static List<SubRating> subRatings(JsonNode given) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        given.properties().forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        List<SubRating> found = new ArrayList<>();
        sorted.forEach((name, value) -> {
            var rating = rating(value);
            String clean = text(name.toLowerCase(Locale.ROOT), LONGEST_ID);
            if (rating != null && clean != null) {
                found.add(new SubRating(clean, rating));
            }
        });
        return found;
    }

    static FetchedItem translate(String raw) {
        return read(EventJson.read(raw));
    }
}
