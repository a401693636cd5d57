package org.stonechat.ticket.event;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// A field that has no event of its own got another value.
///
/// Values are written by people, so they are personal; the names of the fields are not.
public record FieldsChanged(Data data, Personal personal) implements DomainEvent {

    /// @param fields such as `subject`, or `fields.` and the code of a custom field
    public record Data(@JsonUnwrapped Standing ticket, List<String> fields) {}

    /// @param from the old values by field, null where there was none
    /// @param to   the new values by field
    public record Personal(Map<String, @Nullable String> from, Map<String, @Nullable String> to) {}
}
