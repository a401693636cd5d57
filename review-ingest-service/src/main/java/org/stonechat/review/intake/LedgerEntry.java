package org.stonechat.review.intake;

import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;

/// The life of one entry of a platform on its way to a ticket.
@Entity
@Table(name = "ledger_entry")
class LedgerEntry {

    @Id
    private UUID id;

    @Column(name = "connection_id")
    private UUID connectionId;

    @Column(name = "department_id")
    private UUID departmentId;

    @Column(name = "external_id")
    private String externalId;

    @Column(name = "review_id")
    private @Nullable UUID reviewId;

    @Enumerated(EnumType.STRING)
    private LedgerState state;

    private @Nullable String criterion;
    private @Nullable String reason;

    @Column(name = "ticket_id")
    private @Nullable UUID ticketId;

    @Column(name = "received_at")
    private Instant receivedAt;

    @Column(name = "stored_at")
    private @Nullable Instant storedAt;

    @Column(name = "routed_at")
    private @Nullable Instant routedAt;

    @Column(name = "settled_at")
    private @Nullable Instant settledAt;

    protected LedgerEntry() {}

    private LedgerEntry(UUID id, UUID connectionId, UUID departmentId, String externalId, Instant now) {
        this.id = id;
        this.connectionId = connectionId;
        this.departmentId = departmentId;
        this.externalId = externalId;
        this.receivedAt = now;
        this.state = LedgerState.FAILED;
    }

    static LedgerEntry receive(UUID id, UUID connectionId, UUID departmentId, String externalId, Instant now) {
        return new LedgerEntry(id, connectionId, departmentId, externalId, now);
    }

    /// It cannot be read. Of an entry that is stored already this says that a later version of it cannot.
    void unreadable(String why, Instant now) {
        if (why.equals(reason) && (reviewId != null || settledAt != null)) {
            return;
        }
        reason = why;
        if (reviewId == null) {
            state = LedgerState.FAILED;
            settledAt = now;
        }
    }

    void stored(UUID review, Instant now) {
        reviewId = review;
        storedAt = now;
        reason = null;
    }

    void routed(String byCriterion, UUID toDepartment, Instant now) {
        state = LedgerState.ROUTED;
        criterion = byCriterion;
        departmentId = toDepartment;
        reason = null;
        routedAt = now;
        settledAt = null;
    }

    void notTicketed(String why, Instant now) {
        state = LedgerState.NOT_TICKETED;
        criterion = null;
        reason = why;
        settledAt = now;
    }

    void ticketed(UUID ticket, Instant now) {
        if (state != LedgerState.TICKETED) {
            state = LedgerState.TICKETED;
            ticketId = ticket;
            reason = null;
            settledAt = now;
        }
    }

    void refused(String why, Instant now) {
        if (state != LedgerState.TICKETED) {
            state = LedgerState.FAILED;
            reason = why;
            settledAt = now;
        }
    }

    UUID id() {
        return id;
    }

    UUID connectionId() {
        return connectionId;
    }

    UUID departmentId() {
        return departmentId;
    }

    String externalId() {
        return externalId;
    }

    @Nullable
    UUID reviewId() {
        return reviewId;
    }

    LedgerState state() {
        return state;
    }

    @Nullable
    String criterion() {
        return criterion;
    }

    @Nullable
    String reason() {
        return reason;
    }

    @Nullable
    UUID ticketId() {
        return ticketId;
    }

    Instant receivedAt() {
        return receivedAt;
    }

    @Nullable
    Instant storedAt() {
        return storedAt;
    }

    @Nullable
    Instant routedAt() {
        return routedAt;
    }

    @Nullable
    Instant settledAt() {
        return settledAt;
    }
}
