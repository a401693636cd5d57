package org.stonechat.ticket.portal;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.conversation.Attachment;
import org.stonechat.ticket.conversation.Message;
import org.stonechat.ticket.event.MessageKind;

@Schema(name = "PortalMessage")
record PortalMessage(
        UUID id,

        @Schema(description = "The ticket it is in now: a follow-up when the one it was written to had been closed")
        UUID ticketId,

        @Schema(description = "Written by a customer; otherwise it is an answer")
        boolean fromCustomer,

        Instant at,
        @Nullable String authorName,
        String bodyText,

        @Schema(description = "Sanitised; can be shown as it is") @Nullable
        String bodyHtml,

        List<PortalFile> attachments) {

    @Schema(name = "PortalFile")
    record PortalFile(UUID id, String name, long size, String contentType) {

        static PortalFile from(Attachment attachment) {
            return new PortalFile(attachment.id(), attachment.name(), attachment.size(), attachment.contentType());
        }
    }

    static PortalMessage from(Message message, List<Attachment> attachments) {
        return new PortalMessage(
                message.id(),
                message.ticketId(),
                message.kind() == MessageKind.CUSTOMER,
                message.at(),
                message.authorName(),
                message.bodyText(),
                message.bodyHtml(),
                attachments.stream().map(PortalFile::from).toList());
    }
}
