package org.stonechat.review.review;

import java.time.Instant;
import java.util.UUID;

import org.stonechat.kit.event.DomainEvent;

/// A ticket's answer was not published, and will not be.
public record ReviewReplyFailed(Data data, Personal personal) implements DomainEvent {

    /// @param reason   a stable code: a connector's kind of failure, or one of the reply's own
    /// @param detail   one sentence for the agent
    /// @param retrying whether it is tried again without anybody's doing
    public record Data(
            UUID reviewId,
            UUID ticketId,
            UUID messageId,
            Instant failedAt,
            String reason,
            String detail,
            boolean retrying) {}

    public record Personal() {}
}
