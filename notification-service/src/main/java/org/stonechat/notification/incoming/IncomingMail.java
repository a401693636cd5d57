package org.stonechat.notification.incoming;

import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.blob.BlobRef;
import org.stonechat.kit.event.Aggregate;

/// One line of the mail ledger: a mail that came in, and what became of it.
@Entity
@Table(name = "incoming_mail")
class IncomingMail implements Aggregate {

    /// How far a mail has come. Only what is settled stays as it is.
    @Schema(name = "MailState")
    enum State {
        /// Safe, and waiting to be read.
        STORED(false),
        /// Read and published; the ticket service has not answered yet.
        READ(false),
        /// It became a ticket, a message or a comment.
        HANDLED(true),
        /// The ticket service made nothing of it, for the reason given.
        IGNORED(true),
        /// The same mail is in the ledger already.
        DUPLICATE(true),
        /// Not passed on, for the reason given.
        SET_ASIDE(true),
        /// It could not be read, for the reason given.
        FAILED(true);

        private final boolean settled;

        State(boolean settled) {
            this.settled = settled;
        }

        boolean settled() {
            return settled;
        }
    }

    @Id
    private UUID id;

    private long sequence;

    @Column(name = "mailbox_id")
    private UUID mailboxId;

    @Column(name = "department_id")
    private UUID departmentId;

    @Column(name = "uid_validity")
    private long uidValidity;

    private long uid;

    @Column(name = "raw_sha256")
    private String rawSha256;

    @Column(name = "raw_size")
    private long rawSize;

    @Column(name = "rfc_message_id")
    private @Nullable String rfcMessageId;

    private String fingerprint;

    @Enumerated(EnumType.STRING)
    private State state;

    private @Nullable String reason;

    @Column(name = "duplicate_of")
    private @Nullable UUID duplicateOf;

    @Enumerated(EnumType.STRING)
    private @Nullable Classification classification;

    @Enumerated(EnumType.STRING)
    @Column(name = "found_by")
    private Proposal.@Nullable FoundBy foundBy;

    private @Nullable String sender;
    private @Nullable String subject;

    @Column(name = "ticket_id")
    private @Nullable UUID ticketId;

    @Column(name = "message_id")
    private @Nullable UUID messageId;

    /// The ticket whose team and department decide who sees this entry.
    @Column(name = "about_ticket_id")
    private @Nullable UUID aboutTicketId;

    @Column(name = "stored_at")
    private Instant storedAt;

    @Column(name = "settled_at")
    private @Nullable Instant settledAt;

    protected IncomingMail() {}

    /// Where a mail lay, and what identifies it.
    record Found(
            UUID mailboxId,
            UUID departmentId,
            long uidValidity,
            long uid,
            BlobRef raw,
            @Nullable String rfcMessageId,
            String fingerprint) {}

    static IncomingMail stored(UUID id, Found found, Instant now) {
        IncomingMail mail = new IncomingMail();
        mail.id = id;
        mail.mailboxId = found.mailboxId();
        mail.departmentId = found.departmentId();
        mail.uidValidity = found.uidValidity();
        mail.uid = found.uid();
        mail.rawSha256 = found.raw().sha256();
        mail.rawSize = found.raw().size();
        mail.rfcMessageId = found.rfcMessageId();
        mail.fingerprint = found.fingerprint();
        mail.state = State.STORED;
        mail.storedAt = now;
        return mail;
    }

    static IncomingMail duplicate(UUID id, Found found, IncomingMail original, Instant now) {
        IncomingMail mail = stored(id, found, now);
        mail.duplicateOf = original.id;
        mail.aboutTicketId = original.aboutTicketId;
        mail.settle(State.DUPLICATE, "It was delivered again.", now);
        return mail;
    }

    /// It was read and concerns the ticket service.
    ///
    /// @param reason why some of it could not be read; null when all of it was
    MailReceived read(MailReceived.Data data, MailReceived.Personal personal, @Nullable String reason) {
        requireStored();
        this.state = State.READ;
        this.reason = reason;
        this.classification = data.classification();
        this.foundBy = data.foundBy();
        this.aboutTicketId = data.proposedTicketId();
        describe(personal.from(), personal.subject());
        return new MailReceived(data, personal);
    }

    /// It is read apart from the mails behind it, for the reason given.
    void readApart(String reason) {
        requireStored();
        this.reason = reason;
    }

    void setAside(@Nullable MailAddress from, String subject, String reason, Instant now) {
        requireStored();
        describe(from, subject);
        settle(State.SET_ASIDE, reason, now);
    }

    void fail(String reason, Instant now) {
        requireStored();
        settle(State.FAILED, reason, now);
    }

    /// What the ticket service made of it. Saying so again changes nothing, and why some of it could not be
    /// read remains said.
    void handled(@Nullable UUID ticketId, @Nullable UUID messageId, @Nullable String reason, Instant now) {
        this.ticketId = ticketId;
        if (ticketId != null) {
            this.aboutTicketId = ticketId;
        }
        this.messageId = messageId;
        settle(ticketId == null ? State.IGNORED : State.HANDLED, reason == null ? this.reason : reason, now);
    }

    /// True for what never left this service, so that reading it once more cannot double anything.
    boolean reprocessable() {
        return state == State.FAILED || state == State.SET_ASIDE;
    }

    /// Back to the start.
    ///
    /// @throws IllegalStateException unless it is [#reprocessable]
    void reprocess() {
        if (!reprocessable()) {
            throw new IllegalStateException("mail " + id + " is " + state);
        }
        this.state = State.STORED;
        this.reason = null;
        this.settledAt = null;
    }

    private void requireStored() {
        if (state != State.STORED) {
            throw new IllegalStateException("mail " + id + " is " + state + " already");
        }
    }

    private void settle(State state, @Nullable String reason, Instant now) {
        this.state = state;
        this.reason = reason;
        this.settledAt = now;
    }

    private void describe(@Nullable MailAddress from, String subject) {
        this.sender = from == null ? null : from.address();
        this.subject = subject;
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public long nextSequence() {
        return ++sequence;
    }

    UUID mailboxId() {
        return mailboxId;
    }

    UUID departmentId() {
        return departmentId;
    }

    BlobRef raw() {
        return new BlobRef(rawSha256, rawSize);
    }

    @Nullable
    String rfcMessageId() {
        return rfcMessageId;
    }

    State state() {
        return state;
    }

    @Nullable
    String reason() {
        return reason;
    }

    @Nullable
    UUID duplicateOf() {
        return duplicateOf;
    }

    @Nullable
    Classification classification() {
        return classification;
    }

    Proposal.@Nullable FoundBy foundBy() {
        return foundBy;
    }

    @Nullable
    String sender() {
        return sender;
    }

    @Nullable
    String subject() {
        return subject;
    }

    @Nullable
    UUID ticketId() {
        return ticketId;
    }

    @Nullable
    UUID messageId() {
        return messageId;
    }

    Instant storedAt() {
        return storedAt;
    }

    @Nullable
    Instant settledAt() {
        return settledAt;
    }
}
