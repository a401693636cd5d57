package org.stonechat.rating.request;

import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Aggregate;
import org.stonechat.kit.event.DomainEvent;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.rating.RatingError;
import org.stonechat.rating.ticket.Ticket;

/// A customer is asked, and may answer: from the request to the rating.
@Entity
public class Rating implements Aggregate {

    enum State {
        REQUESTED,
        CANCELLED,
        GIVEN
    }

    @Id
    private UUID id;

    @Column(name = "ticket_id")
    private UUID ticketId;

    @Column(name = "ticket_number")
    private long ticketNumber;

    @Column(name = "department_id")
    private UUID departmentId;

    @Column(name = "team_id")
    private @Nullable UUID teamId;

    @Column(name = "assignee_id")
    private @Nullable UUID assigneeId;

    @Column(name = "contact_id")
    private @Nullable UUID contactId;

    private String language;

    @Column(name = "recipient_name")
    private @Nullable String recipientName;

    @Column(name = "recipient_address")
    private String recipientAddress;

    @Enumerated(EnumType.STRING)
    private State state;

    @Column(name = "requested_at")
    private Instant requestedAt;

    @Column(name = "expires_at")
    private Instant expiresAt;

    @Enumerated(EnumType.STRING)
    private @Nullable Face face;

    private @Nullable String comment;

    @Column(name = "given_at")
    private @Nullable Instant givenAt;

    @Column(name = "internal_only")
    private boolean internalOnly;

    private int version;
    private long sequence;

    protected Rating() {}

    /// @param expiresAt until when its link may be used
    Rating(Ticket ticket, String address, String language, Instant now, Instant expiresAt) {
        this.id = Uuid7.next();
        this.ticketId = ticket.id();
        this.ticketNumber = ticket.number();
        this.departmentId = ticket.departmentId();
        this.teamId = ticket.teamId();
        this.assigneeId = ticket.assigneeId();
        this.contactId = ticket.contactId();
        this.language = language;
        this.recipientName = ticket.requesterName();
        this.recipientAddress = address;
        this.state = State.REQUESTED;
        this.requestedAt = now;
        this.expiresAt = expiresAt;
        this.version = 1;
    }

    /// What a new request says to the others, once its mail is written.
    RatingRequested requested(RatingMail.Rendered mail) {
        return new RatingRequested(
                new RatingRequested.Data(
                        id,
                        id,
                        ticketId,
                        departmentId,
                        teamId,
                        assigneeId,
                        contactId,
                        language,
                        requestedAt,
                        expiresAt),
                new RatingRequested.Personal(
                        new RatingRequested.Recipient(recipientName, recipientAddress),
                        mail.subject(),
                        mail.html(),
                        mail.text()));
    }

    /// Withdraws the request, because the conversation went on before the customer answered.
    RatingRequestCancelled cancel(Instant now) {
        if (state != State.REQUESTED) {
            throw new IllegalStateException("only an open request can be cancelled, not one that is " + state);
        }
        state = State.CANCELLED;
        version++;
        return new RatingRequestCancelled(new RatingRequestCancelled.Data(
                id, id, ticketId, departmentId, teamId, assigneeId, contactId, "REOPENED", now));
    }

    /// Takes the customer's choice, the first one or another.
    ///
    /// @throws ProblemException when the request was withdrawn or has expired, or the ticket is closed for good
    DomainEvent rate(Face chosen, @Nullable String text, boolean ticketClosed, Instant now) {
        if (state == State.CANCELLED) {
            throw new ProblemException(RatingError.REQUEST_CANCELLED, RatingError.REQUEST_CANCELLED.title() + ".");
        }
        Instant before = givenAt;
        Face previous = face;
        if (before == null || previous == null) {
            if (now.isAfter(expiresAt)) {
                throw new ProblemException(RatingError.LINK_INVALID, RatingError.LINK_INVALID.title() + ".");
            }
            state = State.GIVEN;
            face = chosen;
            comment = text;
            givenAt = now;
            version++;
            return new RatingGiven(
                    new RatingGiven.Data(
                            id, id, ticketId, departmentId, teamId, assigneeId, contactId, chosen, now, internalOnly),
                    new RatingGiven.Personal(text));
        }
        if (ticketClosed) {
            throw new ProblemException(RatingError.RATING_CLOSED, RatingError.RATING_CLOSED.title() + ".");
        }
        face = chosen;
        comment = text;
        version++;
        return new RatingChanged(
                new RatingChanged.Data(
                        id,
                        id,
                        ticketId,
                        departmentId,
                        teamId,
                        assigneeId,
                        contactId,
                        previous,
                        chosen,
                        before,
                        now,
                        internalOnly),
                new RatingGiven.Personal(text));
    }

    /// Takes the rating out of what is published (S-7), or back in.
    DomainEvent mark(boolean internal, Instant now) {
        internalOnly = internal;
        version++;
        return internal
                ? new RatingHidden(
                        new RatingHidden.Data(id, id, ticketId, departmentId, teamId, assigneeId, contactId, now))
                : new RatingShown(
                        new RatingShown.Data(id, id, ticketId, departmentId, teamId, assigneeId, contactId, now));
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public long nextSequence() {
        return ++sequence;
    }

    public UUID ticketId() {
        return ticketId;
    }

    long ticketNumber() {
        return ticketNumber;
    }

    UUID departmentId() {
        return departmentId;
    }

    @Nullable
    UUID teamId() {
        return teamId;
    }

    @Nullable
    UUID assigneeId() {
        return assigneeId;
    }

    @Nullable
    UUID contactId() {
        return contactId;
    }

    public String language() {
        return language;
    }

    public boolean cancelled() {
        return state == State.CANCELLED;
    }

    public boolean given() {
        return state == State.GIVEN;
    }

    public @Nullable Face face() {
        return face;
    }

    public @Nullable String comment() {
        return comment;
    }

    @Nullable
    Instant givenAt() {
        return givenAt;
    }

    boolean internalOnly() {
        return internalOnly;
    }

    int version() {
        return version;
    }
}
