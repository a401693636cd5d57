package org.stonechat.review.connector.trustedshops;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.review.connector.FetchedItem;
import org.stonechat.review.connector.JsonFields;
import org.stonechat.review.connector.PlatformReply;
import org.stonechat.review.connector.PlatformReview;
import org.stonechat.review.connector.ReviewKind;
import org.stonechat.review.connector.ReviewState;
import org.stonechat.review.connector.SubRating;

import com.fasterxml.jackson.databind.JsonNode;

import static org.stonechat.review.connector.JsonFields.LONGEST_BODY;
import static org.stonechat.review.connector.JsonFields.LONGEST_ID;
import static org.stonechat.review.connector.JsonFields.LONGEST_NAME;
import static org.stonechat.review.connector.JsonFields.LONGEST_TITLE;
import static org.stonechat.review.connector.JsonFields.clean;
import static org.stonechat.review.connector.JsonFields.language;
import static org.stonechat.review.connector.JsonFields.rating;
import static org.stonechat.review.connector.JsonFields.requireTime;
import static org.stonechat.review.connector.JsonFields.text;
import static org.stonechat.review.connector.JsonFields.time;
import static org.stonechat.review.connector.JsonFields.within;
import static org.stonechat.review.connector.JsonFields.word;

/// Reads one item of eTrusted's `/reviews`. Fields we do not know are ignored, words we do not know become
/// UNKNOWN.
@ApplicationScoped
class TrustedShopsItems {

    private final TrustedShopsConfig config;

    TrustedShopsItems(TrustedShopsConfig config) {
        this.config = config;
    }

    FetchedItem read(JsonNode item) {
        return JsonFields.read(item, item.path("id").asText(""), id -> review(id, item));
    }

    private PlatformReview review(String id, JsonNode item) {
        String rawState = word(item, "state");
        Instant createdAt = time(item, "createdAt");
        Instant submittedAt = requireTime(item, "submittedAt", () -> createdAt);
        Instant updatedAt = requireTime(item, "updatedAt", () -> submittedAt);
        JsonNode customer = item.path("customer");
        JsonNode product = item.path("product");
        return new PlatformReview(
                id,
                text(item, "channelRef", LONGEST_ID),
                kind(word(item, "type"), product),
                state(rawState),
                rawState,
                rating(item.path("rating")),
                subRatings(item.path("surveyData")),
                text(item, "title", LONGEST_TITLE),
                text(item, "comment", LONGEST_BODY),
                language(item.path("questionnaire").path("locale").textValue()),
                submittedAt,
                updatedAt,
                author(customer),
                text(customer, "email", LONGEST_NAME),
                text(item.path("transaction"), "reference", LONGEST_ID),
                text(product, "sku", LONGEST_ID),
                text(product, "name", LONGEST_NAME),
                attachments(item.path("additionalInformation").path("attachments")),
                reply(item.path("reply")));
    }

    private static ReviewKind kind(String type, JsonNode product) {
        return switch (type) {
            case "PRODUCT_REVIEW" -> ReviewKind.PRODUCT;
            case "SERVICE_REVIEW" -> ReviewKind.SERVICE;
            default -> product.isObject() && !product.isEmpty() ? ReviewKind.PRODUCT : ReviewKind.SERVICE;
        };
    }

    private static ReviewState state(String word) {
        return switch (word) {
            case "SUBMITTED" -> ReviewState.SUBMITTED;
            case "MODERATION" -> ReviewState.MODERATION;
            case "APPROVED" -> ReviewState.PUBLISHED;
            case "REJECTED" -> ReviewState.REJECTED;
            case "DISCARDED" -> ReviewState.WITHDRAWN;
            default -> ReviewState.UNKNOWN;
        };
    }

    /// Inferred: the separate ratings stand in `surveyData`, as an object of ratings by name, or as a list of
    /// entries with a name and a rating. Whatever looks different is left out; the raw item keeps it.
    private List<SubRating> subRatings(JsonNode surveyData) {
        List<SubRating> found = new ArrayList<>();
        if (surveyData.isObject()) {
            for (Map.Entry<String, JsonNode> entry : surveyData.properties()) {
                JsonNode value = entry.getValue();
                add(found, entry.getKey(), value.isObject() ? value.path("rating") : value);
            }
        } else if (surveyData.isArray()) {
            for (JsonNode entry : surveyData) {
                String name = entry.path("name").asText(entry.path("id").asText(""));
                add(found, name, entry.has("rating") ? entry.path("rating") : entry.path("value"));
            }
        }
        return found;
    }

    private void add(List<SubRating> found, String name, JsonNode value) {
        BigDecimal rating = value.isNumber() ? value.decimalValue() : null;
        if (name.isBlank() || name.length() > LONGEST_ID || rating == null || !within(rating)) {
            return;
        }
        found.add(new SubRating(aspect(clean(name)), rating.setScale(2, RoundingMode.HALF_UP)));
    }

    private String aspect(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (config.deliveryWords().stream().anyMatch(lower::contains)) {
            return "delivery";
        }
        if (config.goodsWords().stream().anyMatch(lower::contains)) {
            return "goods";
        }
        return config.serviceWords().stream().anyMatch(lower::contains) ? "service" : name;
    }

    private static @Nullable String author(JsonNode customer) {
        String fullName = text(customer, "fullName", LONGEST_NAME);
        if (fullName != null) {
            return fullName;
        }
        String first = text(customer, "firstName", LONGEST_NAME);
        String last = text(customer, "lastName", LONGEST_NAME);
        if (first == null || last == null) {
            return first == null ? last : first;
        }
        return first + " " + last;
    }

    private static List<String> attachments(JsonNode attachments) {
        List<String> references = new ArrayList<>();
        for (JsonNode image : attachments.path("images")) {
            references.add(
                    image.isTextual()
                            ? image.asText()
                            : image.path("id").asText(image.path("url").asText("")));
        }
        return references;
    }

    private static @Nullable PlatformReply reply(JsonNode reply) {
        String comment = text(reply, "comment", LONGEST_BODY);
        return comment == null ? null : new PlatformReply(comment, time(reply, "createdAt"));
    }
}
