package org.stonechat.ticket.merge;

import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;

/// A merge that stands; its row goes when it is undone.
@Entity
@Table(name = "ticket_merge")
class TicketMerge {

    @Id
    @Column(name = "ticket_id")
    private UUID ticketId;

    @Column(name = "survivor_id")
    private UUID survivorId;

    @Column(name = "merged_at")
    private Instant mergedAt;

    @Column(name = "merged_by")
    private @Nullable UUID mergedBy;

    @Column(name = "merged_by_name")
    private @Nullable String mergedByName;

    @Column(name = "waiting_before")
    private @Nullable Instant waitingBefore;

    @Column(name = "waiting_after")
    private @Nullable Instant waitingAfter;

    protected TicketMerge() {}

    TicketMerge(
            UUID ticketId,
            UUID survivorId,
            Instant mergedAt,
            UUID mergedBy,
            String mergedByName,
            @Nullable Instant waitingBefore,
            @Nullable Instant waitingAfter) {
        this.ticketId = ticketId;
        this.survivorId = survivorId;
        this.mergedAt = mergedAt;
        this.mergedBy = mergedBy;
        this.mergedByName = mergedByName;
        this.waitingBefore = waitingBefore;
        this.waitingAfter = waitingAfter;
    }

    UUID ticketId() {
        return ticketId;
    }

    UUID survivorId() {
        return survivorId;
    }

    Instant mergedAt() {
        return mergedAt;
    }

    @Nullable
    UUID mergedBy() {
        return mergedBy;
    }

    @Nullable
    String mergedByName() {
        return mergedByName;
    }

    @Nullable
    Instant waitingBefore() {
        return waitingBefore;
    }

    @Nullable
    Instant waitingAfter() {
        return waitingAfter;
    }
}
