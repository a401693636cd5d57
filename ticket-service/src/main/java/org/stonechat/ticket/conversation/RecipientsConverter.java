package org.stonechat.ticket.conversation;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventJson;
import org.stonechat.ticket.event.Recipients;

import com.fasterxml.jackson.core.JsonProcessingException;

/// Recipients are stored as they stand in events.
@Converter
public class RecipientsConverter implements AttributeConverter<Recipients, String> {

    @Override
    public String convertToDatabaseColumn(@Nullable Recipients recipients) {
        return EventJson.write(recipients == null ? Recipients.NONE : recipients);
    }

    @Override
    public Recipients convertToEntityAttribute(String json) {
        try {
            return EventJson.MAPPER.readValue(json, Recipients.class);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("a message's recipients are not readable", failure);
        }
    }
}
