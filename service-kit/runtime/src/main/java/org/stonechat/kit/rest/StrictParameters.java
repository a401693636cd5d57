package org.stonechat.kit.rest;

import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;

import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.WrittenId;

/// Numbers, truth values and ids in addresses and headers: decimal digits of ASCII, the words `true` and `false`, and
/// UUIDs in full. What JAX-RS makes of the rest by itself surprises: Arabic digits are numbers, `yes` is false, and
/// `1-1-1-1-1` is an id.
///
/// Anything else is 400 in a query, and 404 in a path, by way of the exception mappers.
@Provider
class StrictParameters implements ParamConverterProvider {

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,19}");

    private static final Map<Class<?>, Function<String, Object>> CONVERTED = Map.of(
            int.class, StrictParameters::integer,
            Integer.class, StrictParameters::integer,
            long.class, StrictParameters::longInteger,
            Long.class, StrictParameters::longInteger,
            boolean.class, StrictParameters::truth,
            Boolean.class, StrictParameters::truth,
            UUID.class, StrictParameters::id);

    @Override
    public <T> @Nullable ParamConverter<T> getConverter(Class<T> type, Type generic, Annotation[] annotations) {
        Function<String, Object> convert = CONVERTED.get(type);
        return convert == null ? null : new Converter<>(convert);
    }

    private record Converter<T>(Function<String, Object> convert) implements ParamConverter<T> {

        @Override
        @SuppressWarnings("unchecked")
        public @Nullable T fromString(@Nullable String value) {
            return value == null ? null : (T) convert.apply(value);
        }

        @Override
        public String toString(T value) {
            return String.valueOf(value);
        }
    }

    static Object integer(String value) {
        return Integer.valueOf(digits(value));
    }

    static Object longInteger(String value) {
        return Long.valueOf(digits(value));
    }

    static Object truth(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither true nor false");
        };
    }

    static Object id(String value) {
        if (!WrittenId.is(value)) {
            throw new IllegalArgumentException("not an id");
        }
        return UUID.fromString(value);
    }

    private static String digits(String value) {
        if (!NUMBER.matcher(value).matches()) {
            throw new NumberFormatException("not a number of decimal digits");
        }
        return value;
    }
}
