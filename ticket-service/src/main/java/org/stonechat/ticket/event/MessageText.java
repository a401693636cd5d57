package org.stonechat.ticket.event;

import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// The words of a message, and who wrote to whom.
///
/// @param attachmentNames by attachment id
/// @param signature what stands below it in a mail; null for none
public record MessageText(
        String bodyText,
        @Nullable String bodyHtml,
        @Nullable String subject,
        @Nullable String authorName,
        Recipients recipients,
        Map<UUID, String> attachmentNames,
        @Nullable Signature signature) {}
