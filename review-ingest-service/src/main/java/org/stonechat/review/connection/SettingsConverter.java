package org.stonechat.review.connection;

import java.util.Map;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

import org.stonechat.kit.event.EventJson;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;

/// Keeps a connection's settings as one JSON text.
@Converter
class SettingsConverter implements AttributeConverter<Map<String, String>, String> {

    @Override
    public String convertToDatabaseColumn(Map<String, String> settings) {
        return EventJson.write(settings);
    }

    @Override
    public Map<String, String> convertToEntityAttribute(String column) {
        try {
            return EventJson.MAPPER.readValue(column, new TypeReference<Map<String, String>>() {});
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("a connection's settings are not readable", failure);
        }
    }
}
