package org.stonechat.notification.outgoing;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Aggregate;

/// A mail that goes out once, and how far it has come.
@Entity
@Table(name = "outgoing_mail")
class OutgoingMail implements Aggregate {

    enum Kind {
        REPLY(false),
        FORWARD(false),
        REVIEW_COPY(false),
        RATING_REQUEST(true);

        private final boolean automatic;

        Kind(boolean automatic) {
            this.automatic = automatic;
        }

        /// Nobody wrote it: it says so in `Auto-Submitted` (RFC 3834), so that no machine answers it.
        boolean automatic() {
            return automatic;
        }
    }

    enum State {
        /// Kept until it is known whether the review's platform mails by itself.
        HELD,
        QUEUED,
        SENT,
        FAILED,
        CANCELLED
    }

    /// Why a mail will not be sent: a stable code, and the mail server's answer where it gave one.
    record Failure(
            String reason,
            @Nullable Integer smtpStatus,
            @Nullable String detail) {}

    /// Its bytes lie with the ticket service, whose events name it.
    record Attachment(
            UUID attachmentId,
            String sha256,
            long size,
            String contentType,
            boolean inline,
            @Nullable String contentId) {}

    /// What it is about, and where it belongs.
    record Origin(
            Kind kind,
            @Nullable UUID messageId,
            @Nullable UUID ratingRequestId,
            UUID ticketId,
            UUID departmentId,
            @Nullable UUID agentId,
            @Nullable String language,
            @Nullable String inReplyTo,
            List<String> referenceChain) {}

    @Id
    private UUID id;

    private long sequence;

    @Enumerated(EnumType.STRING)
    private Kind kind;

    @Column(name = "message_id")
    private @Nullable UUID messageId;

    @Column(name = "rating_request_id")
    private @Nullable UUID ratingRequestId;

    @Column(name = "ticket_id")
    private UUID ticketId;

    @Column(name = "department_id")
    private UUID departmentId;

    @Column(name = "agent_id")
    private @Nullable UUID agentId;

    private @Nullable String language;

    @JdbcTypeCode(SqlTypes.JSON)
    private Content content;

    @JdbcTypeCode(SqlTypes.JSON)
    private List<Attachment> attachments;

    @Column(name = "in_reply_to")
    private @Nullable String inReplyTo;

    @JdbcTypeCode(SqlTypes.ARRAY)
    @Column(name = "reference_chain")
    private List<String> referenceChain;

    @Column(name = "rfc_message_id")
    private @Nullable String rfcMessageId;

    @Column(name = "sender_address")
    private @Nullable String senderAddress;

    @Enumerated(EnumType.STRING)
    private State state;

    private int doubts;
    private @Nullable String failure;

    @Column(name = "created_at")
    private Instant createdAt;

    @Column(name = "settled_at")
    private @Nullable Instant settledAt;

    protected OutgoingMail() {}

    OutgoingMail(UUID id, Origin origin, Content content, List<Attachment> attachments, State state, Instant now) {
        this.id = id;
        this.kind = origin.kind();
        this.messageId = origin.messageId();
        this.ratingRequestId = origin.ratingRequestId();
        this.ticketId = origin.ticketId();
        this.departmentId = origin.departmentId();
        this.agentId = origin.agentId();
        this.language = origin.language();
        this.inReplyTo = origin.inReplyTo();
        this.referenceChain = List.copyOf(origin.referenceChain());
        this.content = content;
        this.attachments = List.copyOf(attachments);
        this.state = state;
        this.createdAt = now;
    }

    /// Fixes sender and message id before the first attempt; later attempts keep them, so that a repetition
    /// is the same mail to whoever receives both.
    void prepare(String departmentAddress, boolean inDoubt) {
        if (senderAddress == null || rfcMessageId == null) {
            UUID named = messageId != null ? messageId : id;
            this.senderAddress = departmentAddress;
            this.rfcMessageId =
                    "<" + named + "@" + departmentAddress.substring(departmentAddress.lastIndexOf('@') + 1) + ">";
        }
        if (inDoubt) {
            doubts++;
        }
    }

    /// The server took it.
    ///
    /// @param refused recipients it refused on the way; null when it took all of them
    MailEvents.MailSent sent(@Nullable String refused, Instant now) {
        requireQueued();
        settle(State.SENT, refused, now);
        return new MailEvents.MailSent(
                new MailEvents.MailSent.Data(
                        id,
                        ticketId,
                        messageId,
                        ratingRequestId,
                        Objects.requireNonNull(rfcMessageId),
                        doubts > 0,
                        now),
                new MailEvents.MailSent.Personal(MailEvents.Recipients.of(content)));
    }

    MailEvents.MailFailed failed(Failure failure, Instant now) {
        requireQueued();
        settle(State.FAILED, failure.detail() == null ? failure.reason() : failure.detail(), now);
        return new MailEvents.MailFailed(
                new MailEvents.MailFailed.Data(
                        id,
                        ticketId,
                        messageId,
                        ratingRequestId,
                        rfcMessageId,
                        failure.reason(),
                        failure.smtpStatus(),
                        now),
                new MailEvents.MailFailed.Personal(MailEvents.Recipients.of(content), failure.detail()));
    }

    /// Not wanted any more.
    ///
    /// @return false when it is too late
    boolean cancel(Instant now) {
        if (state != State.QUEUED && state != State.HELD) {
            return false;
        }
        settle(State.CANCELLED, null, now);
        return true;
    }

    /// The platform does not mail the review's author, so this mail is due.
    ///
    /// @return false when it was released before
    boolean release() {
        if (state != State.HELD) {
            return false;
        }
        this.state = State.QUEUED;
        return true;
    }

    /// Somebody wants it tried again.
    ///
    /// @return false when it has not failed
    boolean again() {
        if (state != State.FAILED) {
            return false;
        }
        this.state = State.QUEUED;
        this.failure = null;
        this.settledAt = null;
        return true;
    }

    private void requireQueued() {
        if (state != State.QUEUED) {
            throw new IllegalStateException("mail " + id + " is " + state);
        }
    }

    private void settle(State state, @Nullable String failure, Instant now) {
        this.state = state;
        this.failure = failure;
        this.settledAt = now;
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public long nextSequence() {
        return ++sequence;
    }

    Kind kind() {
        return kind;
    }

    @Nullable
    UUID messageId() {
        return messageId;
    }

    UUID ticketId() {
        return ticketId;
    }

    UUID departmentId() {
        return departmentId;
    }

    @Nullable
    UUID agentId() {
        return agentId;
    }

    @Nullable
    String language() {
        return language;
    }

    Content content() {
        return content;
    }

    List<Attachment> attachments() {
        return attachments;
    }

    @Nullable
    String inReplyTo() {
        return inReplyTo;
    }

    List<String> referenceChain() {
        return referenceChain;
    }

    @Nullable
    String rfcMessageId() {
        return rfcMessageId;
    }

    @Nullable
    String senderAddress() {
        return senderAddress;
    }

    State state() {
        return state;
    }

    int doubts() {
        return doubts;
    }

    Instant createdAt() {
        return createdAt;
    }
}
