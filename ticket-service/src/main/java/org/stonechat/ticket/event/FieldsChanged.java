package org.stonechat.ticket.event;

import java.util.List;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.stonechat.kit.event.DomainEvent;

/// A field that has no event of its own got another value.
///
/// Values are written by people, so they are personal; the names of the fields are not.
public record FieldsChanged(Data data, Personal personal) implements DomainEvent {

    public record Data(@JsonUnwrapped Standing ticket, List<String> fields) {}

    public record Personal(List<Change> changes) {}

    public record Change(String field, String from, String to) {}
}
