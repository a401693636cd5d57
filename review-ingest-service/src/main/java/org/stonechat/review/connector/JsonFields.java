package org.stonechat.review.connector;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventJson;

import com.fasterxml.jackson.databind.JsonNode;

/// How connectors read what a platform sends: bounded, storable, and never taken for more than it is.
public final class JsonFields {

    public static final int LONGEST_TITLE = 500;
    public static final int LONGEST_NAME = 300;
    /// Events carry at most 32 KiB of text; the longest that a platform is known to allow is 4000 characters.
    public static final int LONGEST_BODY = 8000;
    public static final int LONGEST_ID = 200;

    private static final BigDecimal LOWEST = BigDecimal.ONE;
    private static final BigDecimal HIGHEST = BigDecimal.valueOf(5);

    private JsonFields() {}

    /// What was sent is not a review we understand; the reason quotes nothing of it.
    public static final class Unreadable extends RuntimeException {

        private final String reason;

        public Unreadable(String reason) {
            super(reason);
            this.reason = reason;
        }
    }

    /// Reads one item, or says why it cannot be read.
    ///
    /// @param id as the platform calls it, perhaps nothing at all
    public static FetchedItem read(JsonNode item, String id, Reader reader) {
        String raw = storable(item);
        String name = clean(id).strip();
        if (name.isBlank() || name.length() > LONGEST_ID) {
            String derived = "unnamed-" + UUID.nameUUIDFromBytes(raw.getBytes(StandardCharsets.UTF_8));
            return new FetchedItem.Unreadable(derived, raw, "The platform sent a review without a usable id.");
        }
        try {
            return new FetchedItem.Readable(reader.read(name), raw);
        } catch (Unreadable unreadable) {
            return new FetchedItem.Unreadable(name, raw, unreadable.reason);
        }
    }

    /// Reads an item whose id is known and usable.
    @FunctionalInterface
    public interface Reader {
        PlatformReview read(String id);
    }

    /// From 1 to 5, or null for none; zero stands for none too.
    public static @Nullable BigDecimal rating(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        BigDecimal rating = number(node);
        if (rating != null && rating.signum() == 0) {
            return null;
        }
        if (rating == null || !within(rating)) {
            throw new Unreadable("The rating is not a number from 1 to 5.");
        }
        return rating.setScale(2, RoundingMode.HALF_UP);
    }

    public static boolean within(BigDecimal rating) {
        return rating.compareTo(LOWEST) >= 0 && rating.compareTo(HIGHEST) <= 0;
    }

    private static @Nullable BigDecimal number(JsonNode node) {
        if (node.isNumber()) {
            return node.decimalValue();
        }
        String text = node.isTextual() ? node.asText().strip() : "";
        try {
            // A number of a million digits is a number too, but no rating.
            return text.isEmpty() || text.length() > 10 ? null : new BigDecimal(text);
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    /// A time without a zone is read as UTC; null when there is none.
    public static @Nullable Instant time(JsonNode item, String field) {
        JsonNode node = item.path(field);
        String text = node.asText("").strip();
        if (node.isNull() || text.isBlank()) {
            return null;
        }
        try {
            return known(field, OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException withoutZone) {
            try {
                return known(field, LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC));
            } catch (DateTimeException unreadable) {
                throw new Unreadable("The field " + field + " is not a time.");
            }
        }
    }

    /// PostgreSQL and people agree that reviews were written in this age.
    private static Instant known(String field, Instant time) {
        int year = time.atOffset(ZoneOffset.UTC).getYear();
        if (year < 1970 || year > 2200) {
            throw new Unreadable("The field " + field + " is not a time of this age.");
        }
        return time;
    }

    /// The same, but something has to be there.
    public static Instant requireTime(JsonNode item, String field, Supplier<@Nullable Instant> otherwise) {
        Instant time = time(item, field);
        Instant found = time == null ? otherwise.get() : time;
        if (found == null) {
            throw new Unreadable("The review has no " + field + ".");
        }
        return found;
    }

    /// Cut off at its longest; null when there is nothing in it.
    public static @Nullable String text(JsonNode item, String field, int longest) {
        JsonNode node = item.path(field);
        if (!node.isValueNode() || node.isNull()) {
            return null;
        }
        return text(node.asText(), longest);
    }

    public static @Nullable String text(@Nullable String given, int longest) {
        String text = given == null ? "" : clean(given).strip();
        if (text.isEmpty()) {
            return null;
        }
        return text.codePointCount(0, text.length()) <= longest
                ? text
                : text.substring(0, text.offsetByCodePoints(0, longest - 1)) + "…";
    }

    /// The platform's own word, in capitals; empty when there is none.
    public static String word(JsonNode item, String field) {
        String word = text(item, field, LONGEST_ID);
        return word == null ? "" : word.toUpperCase(Locale.ROOT);
    }

    /// `de_DE` as BCP 47 writes it; null for anything that is not a language.
    public static @Nullable String language(@Nullable String locale) {
        if (locale == null) {
            return null;
        }
        String tag = Locale.forLanguageTag(locale.strip().replace('_', '-')).toLanguageTag();
        return tag.equals("und") ? null : tag;
    }

    /// PostgreSQL stores no NUL and no half of a surrogate pair, neither in text nor as an escape in jsonb.
    public static String clean(String text) {
        String whole = text.replace('\0', '\uFFFD');
        for (int at = 0; at < whole.length(); at++) {
            if (Character.isSurrogate(whole.charAt(at))) {
                return new String(whole.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            }
        }
        return whole;
    }

    private static String storable(JsonNode item) {
        return clean(EventJson.write(item)).replace("\\u0000", "\\uFFFD");
    }
}
