package org.stonechat.ticket.draft;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.conversation.Body;
import org.stonechat.ticket.event.DeliverVia;
import org.stonechat.ticket.event.MessageKind;
import org.stonechat.ticket.event.Recipients;

/// What an agent has in the editor.
public record DraftContent(
        MessageKind kind,
        @Nullable String subject,
        Body body,
        Recipients recipients,
        @Nullable DeliverVia channel,
        @Nullable UUID basedOnMessageId,
        @Nullable Boolean solve,
        @Nullable Boolean mailCopy,
        @Nullable Boolean replyAll,
        @Nullable Instant sendAt,
        List<UUID> attachmentIds) {}
