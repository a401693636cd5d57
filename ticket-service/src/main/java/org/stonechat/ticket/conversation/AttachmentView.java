package org.stonechat.ticket.conversation;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(name = "Attachment")
public record AttachmentView(
        UUID id,
        String name,
        long size,

        @Schema(description = "Detected from the content", examples = "image/png")
        String contentType,

        String sha256,
        boolean inline,
        @Nullable String contentId,
        @Nullable UUID messageId,
        Instant addedAt) {

    public static AttachmentView from(Attachment attachment) {
        return new AttachmentView(
                attachment.id(),
                attachment.name(),
                attachment.size(),
                attachment.contentType(),
                attachment.sha256(),
                attachment.isInline(),
                attachment.contentId(),
                attachment.messageId(),
                attachment.addedAt());
    }
}
