package org.stonechat.review.connection;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

/// Keeps what reopens a connection's tickets as one text of words.
@Converter
class ReopeningsConverter implements AttributeConverter<Set<Reopening>, String> {

    @Override
    public String convertToDatabaseColumn(Set<Reopening> reopenings) {
        return reopenings.stream().map(Reopening::name).sorted().collect(Collectors.joining(","));
    }

    @Override
    public Set<Reopening> convertToEntityAttribute(String column) {
        return Arrays.stream(column.split(",", -1))
                .filter(word -> !word.isEmpty())
                .map(Reopening::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Reopening.class)));
    }
}
