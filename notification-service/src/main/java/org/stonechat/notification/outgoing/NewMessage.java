package org.stonechat.notification.outgoing;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.blob.BlobRef;

/// A message of a ticket, as far as it is read here: `MessageAdded`, or the first message of `TicketCreated`.
public final class NewMessage {

    private NewMessage() {}

    public record Data(
            UUID messageId,
            String kind,
            @Nullable String deliverVia,
            @Nullable UUID authorId,
            @Nullable List<Attachment> attachments,
            boolean mailCopy,
            @Nullable ReplyThread replyThread,
            @Nullable BlobRef bodyBlob,
            @Nullable List<UUID> mentions) {}

    public record Attachment(
            UUID attachmentId,
            String sha256,
            long size,
            String contentType,
            boolean inline,
            @Nullable String contentId) {}

    public record ReplyThread(
            @Nullable String inReplyTo, @Nullable List<String> references) {}

    /// Everything in it is null once its contact was erased.
    public record Personal(
            @Nullable String subject,
            @Nullable String bodyText,
            @Nullable String bodyHtml,
            @Nullable String authorName,
            @Nullable Recipients recipients,
            @Nullable Map<UUID, String> attachmentNames,
            @Nullable Signature signature) {}

    /// What stands below it instead of author and department.
    public record Signature(String text, @Nullable String html) {}

    public record Recipients(List<Address> to, List<Address> cc) {}

    /// @param agentId of somebody who works here and was named by user name or role, not by the address
    public record Address(
            @Nullable String name, String address, @Nullable UUID agentId) {}
}
