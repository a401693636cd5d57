package org.stonechat.ticket.event;

import java.util.List;
import java.util.Map;

import org.stonechat.kit.event.DomainEvent;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/// A field that has no event of its own got another value.
///
/// Values are written by people, so they are personal; the names of the fields are not.
public record FieldsChanged(Data data, Personal personal) implements DomainEvent {

    public record Data(@JsonUnwrapped Standing ticket, List<String> fields) {}

    /// @param from the old values by field
    /// @param to   the new values by field
    public record Personal(Map<String, String> from, Map<String, String> to) {}
}
