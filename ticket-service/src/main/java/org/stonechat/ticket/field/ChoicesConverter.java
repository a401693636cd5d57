package org.stonechat.ticket.field;

import java.util.List;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventJson;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;

/// Choices are stored as the API shows them.
@Converter
class ChoicesConverter implements AttributeConverter<List<Choice>, String> {

    @Override
    public String convertToDatabaseColumn(@Nullable List<Choice> choices) {
        return EventJson.write(choices == null ? List.of() : choices);
    }

    @Override
    public List<Choice> convertToEntityAttribute(String json) {
        try {
            return List.copyOf(EventJson.MAPPER.readValue(json, new TypeReference<List<Choice>>() {}));
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("the choices of a field are not readable", failure);
        }
    }
}
