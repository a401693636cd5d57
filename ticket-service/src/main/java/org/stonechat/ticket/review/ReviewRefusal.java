package org.stonechat.ticket.review;

import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.stonechat.kit.event.Aggregate;
import org.stonechat.ticket.event.ReviewTicketRefused;

/// A review that could not become a ticket; the subject of its own event. Routed anew, it may be refused again.
@Entity
@Table(name = "review_refusal")
class ReviewRefusal implements Aggregate {

    @Id
    @Column(name = "review_id")
    private UUID reviewId;

    private String reason;

    @Column(name = "refused_at")
    private Instant refusedAt;

    private long sequence;

    protected ReviewRefusal() {}

    ReviewRefusal(UUID reviewId) {
        this.reviewId = reviewId;
    }

    ReviewTicketRefused refuse(UUID departmentId, String why, Instant at) {
        reason = why;
        refusedAt = at;
        return new ReviewTicketRefused(new ReviewTicketRefused.Data(reviewId, departmentId, why));
    }

    @Override
    public UUID id() {
        return reviewId;
    }

    @Override
    public long nextSequence() {
        return ++sequence;
    }
}
