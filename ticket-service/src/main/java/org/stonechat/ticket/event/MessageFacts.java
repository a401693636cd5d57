package org.stonechat.ticket.event;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an event says of a message without its words.
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
        ReplyThread replyThread) {}
