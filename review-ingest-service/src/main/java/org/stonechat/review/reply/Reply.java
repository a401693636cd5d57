package org.stonechat.review.reply;

import java.time.Instant;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

import org.jspecify.annotations.Nullable;

/// An agent's answer to a review; its id is that of the ticket's message.
@Entity
@Table(name = "review_reply")
class Reply {

    @Id
    private UUID id;

    @Column(name = "review_id")
    private UUID reviewId;

    @Column(name = "ticket_id")
    private UUID ticketId;

    private String text;

    @Column(name = "mail_copy")
    private boolean mailCopy;

    @Enumerated(EnumType.STRING)
    private ReplyState state;

    private @Nullable String reason;

    @Column(name = "requested_at")
    private Instant requestedAt;

    @Column(name = "settled_at")
    private @Nullable Instant settledAt;

    protected Reply() {}

    static Reply request(Replies.Request request) {
        Reply reply = new Reply();
        reply.id = request.messageId();
        reply.reviewId = request.reviewId();
        reply.ticketId = request.ticketId();
        reply.text = request.text();
        reply.mailCopy = request.mailCopy();
        reply.state = ReplyState.PENDING;
        reply.requestedAt = request.at();
        return reply;
    }

    /// Also for one that was given up: it may turn out to stand there after all.
    void published(Instant now) {
        state = ReplyState.PUBLISHED;
        reason = null;
        settledAt = now;
    }

    void failed(String why, Instant now) {
        if (state == ReplyState.PUBLISHED) {
            throw new IllegalStateException("reply " + id + " is published");
        }
        state = ReplyState.FAILED;
        reason = why;
        settledAt = now;
    }

    /// Somebody wants it tried again.
    ///
    /// @return false when it has not failed
    boolean again() {
        if (state != ReplyState.FAILED) {
            return false;
        }
        state = ReplyState.PENDING;
        reason = null;
        settledAt = null;
        return true;
    }

    /// It is to be taken back from the platform.
    void remove() {
        state = ReplyState.REMOVING;
        reason = null;
    }

    void removed(Instant now) {
        state = ReplyState.REMOVED;
        reason = null;
        settledAt = now;
    }

    /// It stands there still.
    void stays(String why) {
        state = ReplyState.PUBLISHED;
        reason = why;
    }

    /// The platform has looked at it and does not show it.
    void rejected(String why, Instant now) {
        state = ReplyState.FAILED;
        reason = why;
        settledAt = now;
    }

    boolean published() {
        return state == ReplyState.PUBLISHED;
    }

    boolean removing() {
        return state == ReplyState.REMOVING;
    }

    UUID id() {
        return id;
    }

    UUID reviewId() {
        return reviewId;
    }

    UUID ticketId() {
        return ticketId;
    }

    String text() {
        return text;
    }

    boolean mailCopy() {
        return mailCopy;
    }

    boolean pending() {
        return state == ReplyState.PENDING;
    }
}
