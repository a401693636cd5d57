package org.stonechat.ticket.event;

import java.util.UUID;

/// An attachment without its name, which is personal.
public record AttachmentFacts(
        UUID attachmentId, String sha256, long size, String contentType, boolean inline) {}
