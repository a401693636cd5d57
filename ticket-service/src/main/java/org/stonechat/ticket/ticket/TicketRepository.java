package org.stonechat.ticket.ticket;

import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;

import org.jspecify.annotations.Nullable;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

/// Tickets with what belongs to each of them alone.
@ApplicationScoped
public class TicketRepository implements PanacheRepositoryBase<Ticket, UUID> {

    /// The ticket, or the one it was merged into, locked for a change.
    public Optional<Ticket> lock(UUID id) {
        Ticket ticket = findById(id, LockModeType.PESSIMISTIC_WRITE);
        while (ticket != null && ticket.mergedInto() != null) {
            ticket = findById(ticket.mergedInto(), LockModeType.PESSIMISTIC_WRITE);
        }
        return Optional.ofNullable(ticket);
    }

    /// The ticket, or the one it was merged into.
    public Optional<Ticket> survivorOf(UUID id) {
        Ticket ticket = findById(id);
        while (ticket != null && ticket.mergedInto() != null) {
            ticket = findById(ticket.mergedInto());
        }
        return Optional.ofNullable(ticket);
    }

    /// Exactly this ticket, as it stands now, locked for a change; an alias is not followed.
    public Optional<Ticket> lockItself(UUID id) {
        Ticket ticket = findById(id, LockModeType.PESSIMISTIC_WRITE);
        if (ticket != null) {
            // It may have been read before it was locked.
            getEntityManager().refresh(ticket);
        }
        return Optional.ofNullable(ticket);
    }

    /// Makes all callers with this key wait for each other until their transactions end.
    public void serialise(String key) {
        getEntityManager()
                .createNativeQuery("select 1 from (select pg_advisory_xact_lock(hashtextextended(:key, 0))) locked")
                .setParameter("key", key)
                .getSingleResult();
    }

    Optional<Ticket> byExternalId(UUID clientId, String externalId) {
        return find("clientId = ?1 and externalId = ?2", clientId, externalId).firstResultOptional();
    }

    /// The ticket that was made of the review, locked for a change.
    public Optional<Ticket> lockByReview(UUID reviewId) {
        return getEntityManager()
                .createQuery("select id from Ticket where reviewId = :review", UUID.class)
                .setParameter("review", reviewId)
                .getResultStream()
                .findFirst()
                .flatMap(this::lock);
    }

    /// The id of the newest event of this type, which is the cause of what follows from it later.
    @SuppressWarnings("unchecked")
    Optional<UUID> lastEvent(UUID ticketId, String type) {
        return getEntityManager()
                .createNativeQuery(
                        "select id from domain_event where subject = :ticket and type = :type"
                                + " order by sequence desc limit 1",
                        UUID.class)
                .setParameter("ticket", ticketId)
                .setParameter("type", type)
                .getResultStream()
                .findFirst();
    }

    public @Nullable TicketReview review(UUID ticketId) {
        return getEntityManager().find(TicketReview.class, ticketId);
    }

    public @Nullable TicketRating rating(UUID ticketId) {
        return getEntityManager().find(TicketRating.class, ticketId);
    }

    public void persist(TicketReview review) {
        getEntityManager().persist(review);
    }

    public void persist(TicketRating rating) {
        getEntityManager().persist(rating);
    }
}
