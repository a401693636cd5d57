package org.stonechat.ticket.event;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// What an event says of a message without its words.
///
/// @param authorId    an agent, or the contact when it is the customer's
/// @param replyThread null for what does not go out by mail
public record MessageFacts(
        UUID messageId,
        MessageKind kind,
        @Nullable DeliverVia deliverVia,
        Delivery delivery,
        Instant at,
        @Nullable UUID authorId,
        @Nullable UUID inReplyToMessageId,
        List<AttachmentFacts> attachments,
        List<UUID> mentions,
        boolean mailCopy,
        boolean solve,
        @Nullable ReplyThread replyThread,
        @Nullable BodyBlob bodyBlob) {

    /// The whole text when it is longer than 32 KiB; the event then carries its beginning.
    public record BodyBlob(String sha256, long size) {}
}
