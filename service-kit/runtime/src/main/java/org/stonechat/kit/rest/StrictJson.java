package org.stonechat.kit.rest;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

import jakarta.inject.Singleton;

import org.stonechat.kit.problem.WrittenId;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;

import io.quarkus.jackson.ObjectMapperCustomizer;

/// What a request's JSON must be like beyond its schema: values of the right type, never made to fit; every
/// key once; nothing after the end; nested at most 64 deep; text that PostgreSQL can store (no NUL, no half
/// of a surrogate pair); ids in their usual form; times of the years 1 to 9999 and durations as text. Anything else is
/// 400.
@Singleton
class StrictJson implements ObjectMapperCustomizer {

    private static final int DEEPEST = 64;

    /// After the modules of Jackson, whose reading of times and durations takes numbers too.
    @Override
    public int priority() {
        return MINIMUM_PRIORITY;
    }

    @Override
    public void customize(ObjectMapper mapper) {
        apply(mapper);
    }

    /// @return the same mapper
    static ObjectMapper apply(ObjectMapper mapper) {
        mapper.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build());
        mapper.configure(JsonParser.Feature.STRICT_DUPLICATE_DETECTION, true);
        mapper.configure(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, true);
        mapper.configure(DeserializationFeature.ACCEPT_FLOAT_AS_INT, false);
        mapper.configure(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS, true);
        for (LogicalType type : new LogicalType[] {
            LogicalType.Boolean,
            LogicalType.Integer,
            LogicalType.Float,
            LogicalType.Enum,
            LogicalType.POJO,
            LogicalType.Collection,
            LogicalType.Array,
            LogicalType.Map
        }) {
            mapper.coercionConfigFor(type)
                    .setCoercion(CoercionInputShape.String, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
        }
        mapper.coercionConfigFor(LogicalType.Boolean)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
        // A name that an enum or a number in quotes stands for comes as a string after all.
        mapper.coercionConfigFor(LogicalType.Enum).setCoercion(CoercionInputShape.String, CoercionAction.TryConvert);
        SimpleModule module = new SimpleModule("strict");
        module.addDeserializer(String.class, new Text());
        module.addDeserializer(UUID.class, new Id());
        module.addDeserializer(Instant.class, new Time());
        module.addDeserializer(Duration.class, new Span());
        mapper.registerModule(module);
        return mapper;
    }

    /// Whether PostgreSQL can store it and UTF-8 can say it.
    static boolean isText(String value) {
        for (int index = 0; index < value.length(); index++) {
            char one = value.charAt(index);
            if (one == '\0' || Character.isLowSurrogate(one)) {
                return false;
            }
            if (Character.isHighSurrogate(one)) {
                index++;
                if (index == value.length() || !Character.isLowSurrogate(value.charAt(index))) {
                    return false;
                }
            }
        }
        return true;
    }

    /// The same for all names and values of a tree.
    static boolean isText(JsonNode tree) {
        if (tree.isTextual()) {
            return isText(tree.textValue());
        }
        for (var field : tree.properties()) {
            if (!isText(field.getKey())) {
                return false;
            }
        }
        for (JsonNode child : tree) {
            if (!isText(child)) {
                return false;
            }
        }
        return true;
    }

    private static final class Text extends StdScalarDeserializer<String> {

        private static final long serialVersionUID = 1;

        Text() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String value = string(parser, context, String.class);
            if (!isText(value)) {
                throw context.weirdStringException("", String.class, "no NUL and no half of a surrogate pair");
            }
            return value;
        }
    }

    private static final class Id extends StdScalarDeserializer<UUID> {

        private static final long serialVersionUID = 1;

        Id() {
            super(UUID.class);
        }

        @Override
        public UUID deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String value = string(parser, context, UUID.class);
            if (!WrittenId.is(value)) {
                throw context.weirdStringException("", UUID.class, "not an id");
            }
            return UUID.fromString(value);
        }
    }

    private static final class Time extends StdScalarDeserializer<Instant> {

        private static final long serialVersionUID = 1;
        private static final Instant EARLIEST =
                OffsetDateTime.of(1, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC).toInstant();
        private static final Instant END =
                OffsetDateTime.of(9999, 12, 31, 0, 0, 0, 0, ZoneOffset.UTC).toInstant();

        Time() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String value = string(parser, context, Instant.class);
            try {
                Instant time = OffsetDateTime.parse(value).toInstant();
                if (!time.isBefore(EARLIEST) && time.isBefore(END)) {
                    return time;
                }
            } catch (DateTimeException malformed) {
                throw context.weirdStringException("", Instant.class, "no time of RFC 3339");
            }
            throw context.weirdStringException("", Instant.class, "a year that is not kept");
        }
    }

    private static final class Span extends StdScalarDeserializer<Duration> {

        private static final long serialVersionUID = 1;

        Span() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            try {
                return Duration.parse(string(parser, context, Duration.class));
            } catch (DateTimeException malformed) {
                throw context.weirdStringException("", Duration.class, "no duration of ISO 8601");
            }
        }
    }

    private static String string(JsonParser parser, DeserializationContext context, Class<?> type) throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw MismatchedInputException.from(parser, type, "a JSON string is needed here");
        }
        return parser.getText();
    }
}
