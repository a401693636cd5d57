package org.stonechat.review.review;

import java.util.List;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

import org.stonechat.kit.event.EventJson;
import org.stonechat.review.connector.SubRating;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;

/// Keeps a review's separate ratings as one JSON text.
@Converter
class SubRatingsConverter implements AttributeConverter<List<SubRating>, String> {

    @Override
    public String convertToDatabaseColumn(List<SubRating> subRatings) {
        return EventJson.write(subRatings);
    }

    @Override
    public List<SubRating> convertToEntityAttribute(String column) {
        try {
            return EventJson.MAPPER.readValue(column, new TypeReference<List<SubRating>>() {});
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("a review's separate ratings are not readable", failure);
        }
    }
}
