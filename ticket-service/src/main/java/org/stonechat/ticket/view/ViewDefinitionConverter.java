package org.stonechat.ticket.view;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventJson;

import com.fasterxml.jackson.core.JsonProcessingException;

/// Definitions are stored as the API shows them.
@Converter
class ViewDefinitionConverter implements AttributeConverter<ViewDefinition, String> {

    private static final ViewDefinition EMPTY = new ViewDefinition(null, null, null, null);

    @Override
    public String convertToDatabaseColumn(@Nullable ViewDefinition definition) {
        return EventJson.write(definition == null ? EMPTY : definition);
    }

    @Override
    public ViewDefinition convertToEntityAttribute(String json) {
        try {
            return EventJson.MAPPER.readValue(json, ViewDefinition.class);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("the definition of a view is not readable", failure);
        }
    }
}
