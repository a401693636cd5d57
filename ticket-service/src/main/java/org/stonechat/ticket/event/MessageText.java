package org.stonechat.ticket.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The words of a message, and who wrote to whom.
///
/// @param attachmentNames in the order of the attachments in [MessageFacts]
public record MessageText(
        String bodyText,
        @Nullable String bodyHtml,
        @Nullable String subject,
        @Nullable String authorName,
        Recipients recipients,
        List<String> attachmentNames) {}
