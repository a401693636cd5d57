package org.stonechat.ticket.customer;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.contact.Contact;
import org.stonechat.ticket.contact.Contacts;
import org.stonechat.ticket.ticket.Ticket;
import org.stonechat.ticket.ticket.TicketAccess;
import org.stonechat.ticket.ticket.TicketReview;

/// Reads a customer's tickets and reviews, latest first, as far as the caller sees them.
///
/// Read from the index of the contact's tickets in pieces; what is out of sight is passed over.
@ApplicationScoped
class CustomerFile {

    private static final int PIECE = 200;

    private final EntityManager entityManager;
    private final Contacts contacts;
    private final TicketAccess access;

    CustomerFile(EntityManager entityManager, Contacts contacts, TicketAccess access) {
        this.entityManager = entityManager;
        this.contacts = contacts;
        this.access = access;
    }

    /// @param after the id of the last ticket of the page before
    List<Ticket> tickets(Contact contact, @Nullable UUID after, int limit) {
        return inSight(
                "select t from Ticket t where t.contactId in :family and t.mergedInto is null and t.id < :after"
                        + " order by t.id desc",
                Ticket.class,
                contact,
                after,
                limit,
                ticket -> ticket);
    }

    /// A review and the ticket that was made of it.
    record Reviewed(TicketReview review, Ticket ticket) {}

    List<Reviewed> reviews(Contact contact, @Nullable UUID after, int limit) {
        return inSight(
                "select v, t from Ticket t join TicketReview v on v.ticketId = t.id"
                        + " where t.contactId in :family and t.reviewId is not null and t.id < :after"
                        + " order by t.id desc",
                Reviewed.class,
                contact,
                after,
                limit,
                Reviewed::ticket);
    }

    private <T> List<T> inSight(
            String query,
            Class<T> type,
            Contact contact,
            @Nullable UUID after,
            int limit,
            Function<T, Ticket> ticketOf) {
        List<UUID> family = new ArrayList<>();
        family.add(contact.id());
        contacts.aliasesOf(contact.id()).forEach(alias -> family.add(alias.id()));
        List<T> seen = new ArrayList<>();
        UUID place = after == null ? new UUID(-1, -1) : after;
        while (true) {
            List<T> piece = entityManager
                    .createQuery(query, type)
                    .setParameter("family", family)
                    .setParameter("after", place)
                    .setMaxResults(PIECE)
                    .getResultList();
            for (T row : piece) {
                if (access.sees(ticketOf.apply(row))) {
                    seen.add(row);
                    if (seen.size() == limit) {
                        return seen;
                    }
                }
            }
            if (piece.size() < PIECE) {
                return seen;
            }
            place = ticketOf.apply(piece.getLast()).id();
        }
    }
}
