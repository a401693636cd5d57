package org.stonechat.ticket.rating;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.ticket.contact.Contacts;
import org.stonechat.ticket.conversation.Body;
import org.stonechat.ticket.conversation.NewMessage;
import org.stonechat.ticket.event.MessageKind;
import org.stonechat.ticket.ticket.Conversations;
import org.stonechat.ticket.ticket.Face;
import org.stonechat.ticket.ticket.Ticket;
import org.stonechat.ticket.ticket.TicketRating;
import org.stonechat.ticket.ticket.TicketRepository;

/// Shows on the ticket, and in its conversation, what the customer thought of the answer.
@ApplicationScoped
class Ratings {

    private final TicketRepository tickets;
    private final Contacts contacts;
    private final Conversations conversations;
    private final InstantSource clock;

    Ratings(TicketRepository tickets, Contacts contacts, Conversations conversations, InstantSource clock) {
        this.tickets = tickets;
        this.contacts = contacts;
        this.conversations = conversations;
        this.clock = clock;
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void given(UUID ticketId, UUID ratingId, Face face, @Nullable String text, Instant at, boolean again) {
        tickets.lock(ticketId).ifPresent(ticket -> {
            String words = Body.withoutNulOrNull(text);
            show(ticket, ratingId, face, words, at);
            enter(ticket, face, words, again);
        });
    }

    private void show(Ticket ticket, UUID ratingId, Face face, @Nullable String text, Instant at) {
        TicketRating known = tickets.rating(ticket.id());
        if (known == null) {
            tickets.persist(new TicketRating(ticket.id(), ratingId, face, text, at));
        } else {
            known.replaceBy(ratingId, face, text, at);
        }
    }

    private void enter(Ticket ticket, Face face, @Nullable String text, boolean again) {
        String said = text == null || text.isBlank() ? "" : "\n\n" + text;
        String note = (again ? "The rating is now: " : "The customer rated the answer: ")
                + face.name().toLowerCase(Locale.ROOT)
                + "."
                + said;
        conversations.add(
                ticket,
                NewMessage.internal(
                        Uuid7.next(),
                        MessageKind.NOTE,
                        clock.instant(),
                        null,
                        ticket.requester(contacts.of(ticket.contactId())).name(),
                        Body.text(note)),
                List.of(),
                List.of());
    }
}
