package org.stonechat.ticket.contact;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;
import org.stonechat.ticket.event.DeliverVia;

/// What is known of a customer, as it stands now.
record ContactChanged(Data data, Personal personal) implements DomainEvent {

    record Data(
            UUID contactId,
            @Nullable String language,
            @Nullable DeliverVia preferredChannel,
            @Nullable UUID organisationId) {}

    record Personal(
            @Nullable String name,
            List<String> addresses,
            @Nullable String phone) {}
}
