package org.stonechat.notification.events;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.inbox.EventConsumer;
import org.stonechat.kit.inbox.ReceivedEvent;
import org.stonechat.notification.ticket.KnownTickets;

/// Keeps the addresses of contacts: a subject token counts from each of them.
@ApplicationScoped
class ContactEvents implements EventConsumer {

    private final KnownTickets tickets;

    ContactEvents(KnownTickets tickets) {
        this.tickets = tickets;
    }

    record ContactData(UUID contactId) {}

    record ContactPersonal(@Nullable List<String> addresses) {}

    @Override
    public String topic() {
        return "contacts";
    }

    @Override
    public boolean knows(String type) {
        return type.equals("ContactChanged");
    }

    @Override
    public void handle(ReceivedEvent event) {
        List<String> addresses = event.personalAs(ContactPersonal.class).addresses();
        tickets.contactHas(event.dataAs(ContactData.class).contactId(), addresses == null ? List.of() : addresses);
    }
}
