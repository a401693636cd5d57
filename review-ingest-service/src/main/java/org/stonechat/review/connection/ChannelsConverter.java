package org.stonechat.review.connection;

import java.util.List;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

import org.stonechat.kit.event.EventJson;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;

/// Keeps a connection's channels as one JSON text.
@Converter
class ChannelsConverter implements AttributeConverter<List<String>, String> {

    @Override
    public String convertToDatabaseColumn(List<String> channels) {
        return EventJson.write(channels);
    }

    @Override
    public List<String> convertToEntityAttribute(String column) {
        try {
            return EventJson.MAPPER.readValue(column, new TypeReference<List<String>>() {});
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("a connection's channels are not readable", failure);
        }
    }
}
