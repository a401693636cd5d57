package org.stonechat.notification.outgoing;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.blob.BlobRef;

/// What a person wrote and to whom: the part of an outgoing mail that an erasure empties.
///
/// @param html        null for a mail of text alone
/// @param authorName  who signs; null for mail that nobody in particular wrote
/// @param wholeText   the blob of the ticket service that holds the whole text when `text` is only its beginning
/// @param attachmentNames by attachment id
/// @param signatureText stands below it instead of author and department; null for those
record Content(
        List<Recipient> to,
        List<Recipient> cc,
        String subject,
        String text,
        @Nullable String html,
        @Nullable String authorName,
        @Nullable BlobRef wholeText,
        Map<UUID, String> attachmentNames,
        @Nullable String signatureText,
        @Nullable String signatureHtml) {

    /// @param agentId of somebody who works here; whoever named them need not know the address
    record Recipient(
            @Nullable String name, String address, @Nullable UUID agentId) {

        Recipient(@Nullable String name, String address) {
            this(name, address, null);
        }
    }
}
