package org.stonechat.ticket.ticket;

import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;

/// The rating a customer gave, as it stands now.
@Entity
@Table(name = "ticket_rating")
public class TicketRating {

    @Id
    @Column(name = "ticket_id")
    private UUID ticketId;

    @Column(name = "rating_id")
    private UUID ratingId;

    @Enumerated(EnumType.STRING)
    private Face face;

    private @Nullable String text;

    @Column(name = "given_at")
    private Instant givenAt;

    protected TicketRating() {}

    public TicketRating(UUID ticketId, UUID ratingId, Face face, @Nullable String text, Instant givenAt) {
        this.ticketId = ticketId;
        this.ratingId = ratingId;
        this.face = face;
        this.text = text;
        this.givenAt = givenAt;
    }

    /// The customer rated again.
    public void replaceBy(UUID newRatingId, Face newFace, @Nullable String newText, Instant at) {
        ratingId = newRatingId;
        face = newFace;
        text = newText;
        givenAt = at;
    }

    public UUID ratingId() {
        return ratingId;
    }

    public Face face() {
        return face;
    }

    public @Nullable String text() {
        return text;
    }

    public Instant givenAt() {
        return givenAt;
    }
}
