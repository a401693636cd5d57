package org.stonechat.ticket.ticket;

import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.event.Cause;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.work.Outcome;
import org.stonechat.kit.work.WorkHandler;
import org.stonechat.kit.work.WorkItem;

/// Sends replies whose time has come.
@ApplicationScoped
class ReplySendingWork implements WorkHandler {

    static final String KIND = "reply-sending";

    private final WaitingReplies waiting;
    private final Cause cause;

    ReplySendingWork(WaitingReplies waiting, Cause cause) {
        this.waiting = waiting;
        this.cause = cause;
    }

    /// @param scheduledBy the event that told of the scheduling
    record Waiting(UUID scheduledBy) {}

    @Override
    public String kind() {
        return KIND;
    }

    /// Hours, with the usual back-off: only a database that is away keeps a reply from going out.
    @Override
    public int maxAttempts() {
        return 32;
    }

    @Override
    public void onExhausted(WorkItem item, String reason) {
        waiting.holdBack(UUID.fromString(item.subject()), "sending-failed");
    }

    @Override
    public Outcome perform(WorkItem item) {
        UUID messageId = UUID.fromString(item.subject());
        cause.follow(cause.actor(), item.payloadAs(Waiting.class).scheduledBy(), cause.correlationId());
        try {
            // In a transaction of its own, before the outcome's: a reply that the ticket refuses comes back to its
            // author. Repeating it after a crash finds the message sent and does nothing.
            waiting.send(messageId);
        } catch (ProblemException refused) {
            waiting.holdBack(messageId, refused.error().code());
        }
        return Outcome.done();
    }
}
