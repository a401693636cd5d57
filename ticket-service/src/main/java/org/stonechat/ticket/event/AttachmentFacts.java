package org.stonechat.ticket.event;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// An attachment without its name, which is personal.
public record AttachmentFacts(
        UUID attachmentId,
        String sha256,
        long size,
        String contentType,
        boolean inline,
        @Nullable String contentId) {}
