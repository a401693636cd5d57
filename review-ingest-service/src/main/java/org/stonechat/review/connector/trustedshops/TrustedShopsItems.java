package org.stonechat.review.connector.trustedshops;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventJson;
import org.stonechat.review.connector.FetchedItem;
import org.stonechat.review.connector.PlatformReply;
import org.stonechat.review.connector.PlatformReview;
import org.stonechat.review.connector.ReviewKind;
import org.stonechat.review.connector.ReviewState;
import org.stonechat.review.connector.SubRating;

import com.fasterxml.jackson.databind.JsonNode;

/// Reads one item of eTrusted's `/reviews`. Fields we do not know are ignored, words we do not know become UNKNOWN.
@ApplicationScoped
class TrustedShopsItems {

    private static final int LONGEST_TITLE = 500;
    private static final int LONGEST_NAME = 300;
    /// Events carry at most 32 KiB of text; the platform itself ends at 4000 characters.
    private static final int LONGEST_BODY = 8000;
    private static final int LONGEST_ID = 200;

    private static final BigDecimal LOWEST = BigDecimal.ONE;
    private static final BigDecimal HIGHEST = BigDecimal.valueOf(5);

    private final TrustedShopsConfig config;

    TrustedShopsItems(TrustedShopsConfig config) {
        this.config = config;
    }

    FetchedItem read(JsonNode item) {
        String raw = storable(item);
        String id = clean(item.path("id").asText("")).strip();
        if (id.isBlank() || id.length() > LONGEST_ID) {
            String derived = "unnamed-" + UUID.nameUUIDFromBytes(raw.getBytes(StandardCharsets.UTF_8));
            return new FetchedItem.Unreadable(derived, raw, "The platform sent a review without a usable id.");
        }
        try {
            return new FetchedItem.Readable(review(id, item), raw);
        } catch (Unreadable unreadable) {
            return new FetchedItem.Unreadable(id, raw, unreadable.reason);
        }
    }

    private PlatformReview review(String id, JsonNode item) {
        String rawState = word(item, "state");
        Instant createdAt = time(item, "createdAt");
        Instant submittedAt = orElse(time(item, "submittedAt"), createdAt);
        if (submittedAt == null) {
            throw new Unreadable("The review has neither submittedAt nor createdAt.");
        }
        Instant updatedAt = orElse(time(item, "updatedAt"), submittedAt);
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
                updatedAt == null ? submittedAt : updatedAt,
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

    private static @Nullable BigDecimal rating(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        BigDecimal rating = number(node);
        // Zero stands for "no rating" in statements.
        if (rating != null && rating.signum() == 0) {
            return null;
        }
        if (rating == null || rating.compareTo(LOWEST) < 0 || rating.compareTo(HIGHEST) > 0) {
            throw new Unreadable("The rating is not a number from 1 to 5.");
        }
        return rating.setScale(2, RoundingMode.HALF_UP);
    }

    /// Inferred: the separate ratings stand in `surveyData`, as an object of ratings by name, or as a list of entries
    /// with a name and a rating. Whatever looks different is left out; the raw item keeps it.
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
        if (name.isBlank()
                || name.length() > LONGEST_ID
                || rating == null
                || rating.compareTo(LOWEST) < 0
                || rating.compareTo(HIGHEST) > 0) {
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

    /// `de_DE` as BCP 47 writes it; null for anything that is not a language.
    static @Nullable String language(@Nullable String locale) {
        if (locale == null) {
            return null;
        }
        String tag = Locale.forLanguageTag(locale.strip().replace('_', '-')).toLanguageTag();
        return tag.equals("und") ? null : tag;
    }

    private static String word(JsonNode item, String field) {
        String word = text(item, field, LONGEST_ID);
        return word == null ? "" : word.toUpperCase(Locale.ROOT);
    }

    private static @Nullable BigDecimal number(JsonNode node) {
        if (node.isNumber()) {
            return node.decimalValue();
        }
        try {
            return node.isTextual() ? new BigDecimal(node.asText().strip()) : null;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    /// A time without a zone is read as UTC.
    private static @Nullable Instant time(JsonNode item, String field) {
        String text = item.path(field).asText("");
        if (text.isBlank()) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException withoutZone) {
            try {
                return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException unreadable) {
                throw new Unreadable("The field " + field + " is not a time.");
            }
        }
    }

    private static @Nullable Instant orElse(@Nullable Instant first, @Nullable Instant second) {
        return first == null ? second : first;
    }

    private static @Nullable String text(JsonNode item, String field, int longest) {
        JsonNode node = item.path(field);
        if (!node.isValueNode() || node.isNull()) {
            return null;
        }
        String text = clean(node.asText()).strip();
        if (text.isEmpty()) {
            return null;
        }
        return text.codePointCount(0, text.length()) <= longest
                ? text
                : text.substring(0, text.offsetByCodePoints(0, longest - 1)) + "…";
    }

    /// PostgreSQL stores no NUL, neither in text nor as an escape in jsonb.
    private static String clean(String text) {
        return text.replace('\0', '\uFFFD');
    }

    private static String storable(JsonNode item) {
        return EventJson.write(item).replace("\\u0000", "\\uFFFD");
    }

    private static final class Unreadable extends RuntimeException {

        private final String reason;

        Unreadable(String reason) {
            super(reason);
            this.reason = reason;
        }
    }
}
