package org.stonechat.ticket.mail;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.event.Correspondent;

/// What this service reads of `MailReceived`.
record ReceivedMail(Data data, Personal personal) {

    /// @param bodyBlob     the whole text, when `bodyText` is only its beginning
    /// @param bodyHtmlBlob the HTML, when it is too long for an event; then `bodyHtml` is null
    /// @param answersForward whether it came to the address of a forward; `agentId` is then whom that went to
    /// @param senderAuthenticated false when a mail server whose word counts found that somebody else sent it
    record Data(
            UUID mailId,
            UUID departmentId,
            @Nullable String messageId,
            @Nullable List<String> references,
            @Nullable String inReplyTo,
            Classification classification,
            @Nullable UUID proposedTicketId,
            @Nullable FoundBy foundBy,
            @Nullable UUID agentId,
            @Nullable List<File> attachments,
            @Nullable String language,
            Instant receivedAt,
            @Nullable Blob bodyBlob,
            @Nullable Blob bodyHtmlBlob,
            boolean answersForward,
            @Nullable Boolean senderAuthenticated) {}

    /// All null after an erasure.
    ///
    /// @param reportedRecipients whom a delivery report says it could not deliver to
    record Personal(
            @Nullable Correspondent from,
            @Nullable List<Correspondent> to,
            @Nullable List<Correspondent> cc,
            @Nullable String subject,
            @Nullable String bodyText,
            @Nullable String bodyHtml,
            @Nullable Map<UUID, String> attachmentNames,
            @Nullable List<String> reportedRecipients) {

        List<String> reported() {
            return reportedRecipients == null ? List.of() : reportedRecipients;
        }
    }

    record File(
            UUID attachmentId,
            String sha256,
            long size,
            String contentType,
            boolean inline,
            @Nullable String contentId) {}

    record Blob(String sha256, long size) {}

    enum Classification {
        NEW,
        REPLY,
        BOUNCE,
        AUTO_REPLY,
        LIST,
        AGENT_ANSWER
    }

    enum FoundBy {
        SIGNED_ADDRESS,
        REFERENCES,
        SUBJECT_TOKEN
    }
}
