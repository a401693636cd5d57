package org.stonechat.rating.request;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.work.DueWork;
import org.stonechat.rating.directory.Directory;
import org.stonechat.rating.settings.RatingSetting;
import org.stonechat.rating.settings.RatingSettings;
import org.stonechat.rating.ticket.Ticket;
import org.stonechat.rating.ticket.Tickets;

/// Lets requests follow a ticket's stage: due when it is folded, withdrawn when it goes on.
@ApplicationScoped
public class RatingRequests {

    static final String TOPIC = "ratings";
    static final String WORK = "request-rating";

    private final Tickets tickets;
    private final RatingSettings settings;
    private final Directory directory;
    private final RatingRepository ratings;
    private final RatingTokens tokens;
    private final RatingMail mail;
    private final DueWork dueWork;
    private final EventLog eventLog;
    private final Duration linkLifetime;
    private final InstantSource clock;

    RatingRequests(
            Tickets tickets,
            RatingSettings settings,
            Directory directory,
            RatingRepository ratings,
            RatingTokens tokens,
            RatingMail mail,
            DueWork dueWork,
            EventLog eventLog,
            @ConfigProperty(name = "stonechat.ratings.link-lifetime") Duration linkLifetime,
            InstantSource clock) {
        this.tickets = tickets;
        this.settings = settings;
        this.directory = directory;
        this.ratings = ratings;
        this.tokens = tokens;
        this.mail = mail;
        this.dueWork = dueWork;
        this.eventLog = eventLog;
        this.linkLifetime = linkLifetime;
        this.clock = clock;
    }

    record TicketRef(UUID ticketId) {}

    /// Called in the transaction of the event that changed the stage.
    @Transactional
    public void stageChanged(Ticket ticket) {
        if (!ticket.folded()) {
            withdraw(ticket.id());
            return;
        }
        Optional<RatingSetting> setting = settings.holdingFor(ticket.departmentId(), ticket.teamId());
        if (setting.isEmpty() || !setting.get().categories().contains(ticket.category()) || !ticket.mayBeAskedAbout()) {
            return;
        }
        boolean oneTouch = directory
                .department(ticket.departmentId())
                .map(Directory.Department::oneTouch)
                .orElse(false);
        dueWork.schedule(
                WORK,
                ticket.id().toString(),
                clock.instant().plus(setting.get().delay(oneTouch)),
                ticket.id().toString(),
                new TicketRef(ticket.id()));
    }

    /// What customers said of a ticket is seen where the ticket lies. Team and agent stay: theirs is the work
    /// that was rated.
    @Transactional
    public void ticketReferred(UUID ticketId, UUID departmentId) {
        ratings.place(ticketId, departmentId);
    }

    /// The customer is not to be asked about the ticket any more, nor to answer what was asked.
    @Transactional
    public void withdraw(UUID ticketId) {
        dueWork.cancel(WORK, ticketId.toString());
        ratings.lockOpenRequest(ticketId)
                .ifPresent(request -> eventLog.append(TOPIC, request, request.cancel(clock.instant())));
    }

    /// Asks, unless what was true when it was decided is true no longer. Runs in the transaction that ends the
    /// work.
    @Transactional
    void request(UUID ticketId) {
        Ticket ticket = tickets.lock(ticketId).orElse(null);
        if (ticket == null || !ticket.folded() || !ticket.mayBeAskedAbout()) {
            return;
        }
        RatingSetting setting =
                settings.holdingFor(ticket.departmentId(), ticket.teamId()).orElse(null);
        String address = ticket.requesterAddress();
        Instant now = clock.instant();
        if (setting == null
                || address == null
                || ratings.lockOpenRequest(ticketId).isPresent()
                || (!setting.rest().isZero() && ratings.askedSince(address, now.minus(setting.rest())))) {
            return;
        }
        Instant expiresAt = now.plus(linkLifetime);
        Rating rating = new Rating(ticket, address, language(ticket), now, expiresAt);
        ratings.persist(rating);
        eventLog.append(
                TOPIC,
                rating,
                rating.requested(
                        mail.render(rating.language(), ticket.number(), tokens.issue(rating.id(), expiresAt))));
    }

    private String language(Ticket ticket) {
        if (Phrases.speaks(ticket.language())) {
            return Phrases.in(ticket.language()).language();
        }
        return Phrases.in(directory
                        .department(ticket.departmentId())
                        .map(Directory.Department::language)
                        .orElse(null))
                .language();
    }
}
