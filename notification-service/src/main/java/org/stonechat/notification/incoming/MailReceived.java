package org.stonechat.notification.incoming;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.blob.BlobRef;
import org.stonechat.kit.event.DomainEvent;

/// A mail came in and was read; the ticket service decides what becomes of it and answers with `MailHandled`.
record MailReceived(Data data, Personal personal) implements DomainEvent {

    /// @param bodyBlob     the whole text when it is longer than an event should be; then `bodyText` is its
    ///                     beginning
    /// @param bodyHtmlBlob the HTML when it is longer than that; then `bodyHtml` is null
    /// @param answersForward whether it came to the address of a forward; `agentId` is then whom that went to
    /// @param senderAuthenticated whether a server whose word counts found that it comes from whom it says;
    ///                            null when none says so
    record Data(
            UUID mailId,
            UUID mailboxId,
            UUID departmentId,
            String departmentAddress,
            @Nullable String messageId,
            @Nullable String inReplyTo,
            List<String> references,
            Classification classification,
            @Nullable UUID proposedTicketId,
            Proposal.@Nullable FoundBy foundBy,
            @Nullable UUID agentId,
            BlobRef raw,
            List<Attachment> attachments,
            @Nullable String language,
            @Nullable Instant sentAt,
            Instant receivedAt,
            @Nullable BlobRef bodyBlob,
            @Nullable BlobRef bodyHtmlBlob,
            boolean answersForward,
            @Nullable Boolean senderAuthenticated) {}

    record Attachment(
            UUID attachmentId,
            String sha256,
            long size,
            String contentType,
            boolean inline,
            @Nullable String contentId) {

        static Attachment from(ReadMail.ReadAttachment attachment) {
            return new Attachment(
                    attachment.id(),
                    attachment.blob().sha256(),
                    attachment.blob().size(),
                    attachment.contentType(),
                    attachment.inline(),
                    attachment.contentId());
        }
    }

    /// @param reportedRecipients whom a delivery report says it could not deliver to
    record Personal(
            MailAddress from,
            List<MailAddress> to,
            List<MailAddress> cc,
            String subject,
            String bodyText,
            @Nullable String bodyHtml,
            Map<UUID, String> attachmentNames,
            List<String> reportedRecipients) {}
}
