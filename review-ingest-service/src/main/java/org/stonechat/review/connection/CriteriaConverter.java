package org.stonechat.review.connection;

import java.util.List;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

import org.stonechat.kit.event.EventJson;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;

/// Keeps a connection's ordered criteria as one JSON text.
@Converter
class CriteriaConverter implements AttributeConverter<List<Criterion>, String> {

    @Override
    public String convertToDatabaseColumn(List<Criterion> criteria) {
        return EventJson.write(criteria);
    }

    @Override
    public List<Criterion> convertToEntityAttribute(String column) {
        try {
            return EventJson.MAPPER.readValue(column, new TypeReference<List<Criterion>>() {});
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("a connection's criteria are not readable", failure);
        }
    }
}
