package org.stonechat.ticket.field;

import java.util.List;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventJson;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;

/// Items are stored as the API shows them.
@Converter
class FormItemsConverter implements AttributeConverter<List<FormItem>, String> {

    @Override
    public String convertToDatabaseColumn(@Nullable List<FormItem> items) {
        return EventJson.write(items == null ? List.of() : items);
    }

    @Override
    public List<FormItem> convertToEntityAttribute(String json) {
        try {
            return List.copyOf(EventJson.MAPPER.readValue(json, new TypeReference<List<FormItem>>() {}));
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("the items of a form are not readable", failure);
        }
    }
}
