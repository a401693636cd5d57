package org.stonechat.notification.incoming;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.blob.BlobRef;

/// What was made out of the bytes of a mail.
///
/// @param from       null when it names no sender
/// @param text       the text of the mail; taken from its HTML when it has no text part
/// @param html       as it was written, unsafe to show before it was sanitised
/// @param reportedIds message ids of the mails that a delivery report is about
/// @param reportedRecipients addresses that a delivery report is about
/// @param unread     why some of it was not read, as the end of a sentence; null when all of it was
/// @param outOfTime  whether that is for the time it took
record ReadMail(
        MailHeaders headers,
        @Nullable MailAddress from,
        List<MailAddress> to,
        List<MailAddress> cc,
        String subject,
        String text,
        @Nullable String html,
        @Nullable String language,
        @Nullable Instant sentAt,
        String contentType,
        @Nullable String reportType,
        List<String> reportedIds,
        List<String> reportedRecipients,
        List<ReadAttachment> attachments,
        @Nullable String unread,
        boolean outOfTime) {

    /// @param contentType as declared by the sender: not to be trusted
    /// @param inline      meant to be shown within the HTML, by its content id
    record ReadAttachment(
            UUID id,
            String name,
            BlobRef blob,
            String contentType,
            boolean inline,
            @Nullable String contentId) {}
}
