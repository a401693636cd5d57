package org.stonechat.rating.request;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Actor;
import org.stonechat.kit.event.Cause;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.ETags;
import org.stonechat.rating.ticket.Ticket;
import org.stonechat.rating.ticket.Tickets;

/// What customers and leads do with ratings.
@ApplicationScoped
public class Ratings {

    private final RatingRepository repository;
    private final Tickets tickets;
    private final EventLog eventLog;
    private final Cause cause;
    private final InstantSource clock;

    Ratings(RatingRepository repository, Tickets tickets, EventLog eventLog, Cause cause, InstantSource clock) {
        this.repository = repository;
        this.tickets = tickets;
        this.eventLog = eventLog;
        this.cause = cause;
        this.clock = clock;
    }

    public Optional<Rating> find(UUID id) {
        return repository.findByIdOptional(id);
    }

    /// Whether the customer's choice can still be changed.
    public boolean closed(Rating rating) {
        return rating.given()
                && tickets.find(rating.ticketId()).map(Ticket::closed).orElse(false);
    }

    /// Takes a customer's choice; sending the same once more changes nothing.
    ///
    /// @throws ProblemException when it is too late
    @Transactional
    public Rating rate(UUID id, Face face, @Nullable String text) {
        Rating rating = repository.lock(id).orElseThrow(() -> ProblemException.notFound("rating"));
        if (rating.given() && rating.face() == face && java.util.Objects.equals(rating.comment(), text)) {
            return rating;
        }
        UUID contact = rating.contactId();
        cause.actAs(new Actor(Actor.Kind.CUSTOMER, contact == null ? null : contact.toString(), null));
        boolean ticketClosed =
                tickets.find(rating.ticketId()).map(Ticket::closed).orElse(false);
        eventLog.append(RatingRequests.TOPIC, rating, rating.rate(face, text, ticketClosed, clock.instant()));
        return rating;
    }

    @Transactional
    Rating mark(UUID id, boolean internalOnly, @Nullable String ifMatch) {
        Rating rating = repository.lock(id).orElseThrow(() -> ProblemException.notFound("rating"));
        ETags.ifMatch(ifMatch, rating.version());
        if (rating.internalOnly() != internalOnly) {
            eventLog.append(RatingRequests.TOPIC, rating, rating.mark(internalOnly, clock.instant()));
        }
        return rating;
    }

    List<Rating> page(RatingRepository.Filter filter, @Nullable Instant before, @Nullable UUID beforeId, int limit) {
        return repository.page(filter, before, beforeId, limit);
    }

    Instant now() {
        return clock.instant().plus(Duration.ofSeconds(1));
    }
}
