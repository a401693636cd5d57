package org.stonechat.kit.rest;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.CommonError;
import org.stonechat.kit.problem.ProblemException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/// Where the next page of a list begins: the sort key of the last row of this one.
///
/// Clients hand it back as it is. It holds sort values, never rights: what may be seen is decided anew for
/// every page.
public final class Cursor {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int LONGEST = 2048;

    /// What a database can compare: its years have four digits here, its numbers no more digits than anybody sorts by.
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");
    private static final int MOST_DIGITS = 40;

    private final List<JsonNode> keys;

    private Cursor(List<JsonNode> keys) {
        this.keys = keys;
    }

    /// @param keys strings, numbers, booleans, instants, ids or nulls, in the order of the list's sort
    public static Cursor of(@Nullable Object... keys) {
        List<JsonNode> nodes = new ArrayList<>(keys.length);
        for (Object key : Arrays.asList(keys)) {
            nodes.add(MAPPER.valueToTree(key instanceof Instant || key instanceof UUID ? key.toString() : key));
        }
        return new Cursor(nodes);
    }

    /// @return null when the caller wants the first page
    /// @throws ProblemException 400 `cursor-invalid` when it is not one of ours
    public static @Nullable Cursor decode(@Nullable String encoded) {
        if (encoded == null || encoded.isEmpty()) {
            return null;
        }
        if (encoded.length() > LONGEST) {
            throw invalid();
        }
        try {
            JsonNode array = MAPPER.readTree(Base64.getUrlDecoder().decode(encoded));
            if (array == null || !array.isArray()) {
                throw invalid();
            }
            List<JsonNode> keys = new ArrayList<>();
            array.forEach(keys::add);
            return new Cursor(keys);
        } catch (IllegalArgumentException | IOException malformed) {
            throw invalid();
        }
    }

    public String encode() {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(MAPPER.writeValueAsBytes(keys));
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("a cursor could not be written", failure);
        }
    }

    /// For lists whose sort needs so many keys.
    ///
    /// @return this
    /// @throws ProblemException 400 `cursor-invalid` when it has more or less of them
    public Cursor withKeys(int count) {
        if (keys.size() != count) {
            throw invalid();
        }
        return this;
    }

    public boolean isNull(int index) {
        return key(index).isNull();
    }

    public String text(int index) {
        JsonNode key = key(index);
        if (!key.isTextual() || key.textValue().indexOf('\0') >= 0) {
            throw invalid();
        }
        return key.textValue();
    }

    public long number(int index) {
        JsonNode key = key(index);
        if (!key.canConvertToLong() || !key.isIntegralNumber()) {
            throw invalid();
        }
        return key.longValue();
    }

    public int integer(int index) {
        JsonNode key = key(index);
        if (!key.canConvertToInt() || !key.isIntegralNumber()) {
            throw invalid();
        }
        return key.intValue();
    }

    public BigDecimal decimal(int index) {
        JsonNode key = key(index);
        if (!key.isNumber() || !Double.isFinite(key.doubleValue())) {
            throw invalid();
        }
        BigDecimal value = key.decimalValue();
        if (value.precision() > MOST_DIGITS || Math.abs((long) value.scale()) > MOST_DIGITS) {
            throw invalid();
        }
        return value;
    }

    public boolean flag(int index) {
        JsonNode key = key(index);
        if (!key.isBoolean()) {
            throw invalid();
        }
        return key.booleanValue();
    }

    public Instant instant(int index) {
        try {
            Instant value = Instant.parse(text(index));
            if (value.isBefore(EARLIEST) || value.isAfter(LATEST)) {
                throw invalid();
            }
            return value;
        } catch (DateTimeException malformed) {
            throw invalid();
        }
    }

    public UUID uuid(int index) {
        try {
            return UUID.fromString(text(index));
        } catch (IllegalArgumentException malformed) {
            throw invalid();
        }
    }

    private JsonNode key(int index) {
        if (index >= keys.size()) {
            throw invalid();
        }
        return keys.get(index);
    }

    private static ProblemException invalid() {
        return new ProblemException(
                CommonError.CURSOR_INVALID,
                "Pass `next` of the previous page as `after`, unchanged, to the same list.");
    }
}
