package org.stonechat.ticket.mail;

import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.stonechat.kit.event.Aggregate;
import org.stonechat.ticket.event.MailHandled;

/// A mail that went into no ticket, and why; the subject of its own event.
@Entity
@Table(name = "mail_decision")
class MailDecision implements Aggregate {

    @Id
    @Column(name = "mail_id")
    private UUID mailId;

    private String outcome;
    private String reason;

    @Column(name = "decided_at")
    private Instant decidedAt;

    private long sequence;

    protected MailDecision() {}

    MailDecision(UUID mailId, String reason, Instant decidedAt) {
        this.mailId = mailId;
        this.outcome = MailHandled.Outcome.IGNORED.name();
        this.reason = reason;
        this.decidedAt = decidedAt;
    }

    MailHandled handled() {
        return MailHandled.ignored(mailId, reason);
    }

    @Override
    public UUID id() {
        return mailId;
    }

    @Override
    public long nextSequence() {
        return ++sequence;
    }
}
