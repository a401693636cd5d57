package org.stonechat.ticket.conversation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.event.Correspondent;
import org.stonechat.ticket.event.DeliverVia;
import org.stonechat.ticket.event.Delivery;
import org.stonechat.ticket.event.MailCopy;
import org.stonechat.ticket.event.MessageKind;
import org.stonechat.ticket.event.Signature;

@Schema(name = "Message")
public record MessageView(
        UUID id,

        @Schema(description = "Its place in the conversation")
        int position,

        MessageKind kind,
        Instant at,
        @Nullable UUID authorId,
        @Nullable String authorName,
        @Nullable String subject,
        String bodyText,

        @Schema(description = "Sanitised; can be shown as it is") @Nullable
        String bodyHtml,

        List<Correspondent> to,
        List<Correspondent> cc,
        @Nullable DeliverVia deliverVia,

        @Schema(
                description = "DRAFT: written and published nowhere. SCHEDULED: it goes out at `sendAt` and can be"
                        + " withdrawn until then. HELD_BACK: it came back to its author, see `deliveryReason`")
        Delivery delivery,

        @Schema(description = "Why the delivery failed, or why it was held back") @Nullable
        String deliveryReason,

        @Nullable UUID inReplyToMessageId,

        @Schema(description = "Whether the customer gets a review's public answer by mail too")
        boolean mailCopy,

        @Schema(
                description = "What became of that copy once the answer was published. LEFT_TO_PLATFORM: the platform"
                        + " mails its author. FAILED: see `mailCopyReason`, and `retry` sends it again")
        @Nullable
        MailCopy mailCopyState,

        @Schema(description = "Why the copy failed") @Nullable
        String mailCopyReason,

        boolean solve,

        @Schema(description = "When it goes out, while it is SCHEDULED") @Nullable
        Instant sendAt,

        @Schema(description = "Agents and teams named in it with @")
        List<UUID> mentions,

        @Schema(description = "What stands below it when it goes out") @Nullable
        Signature signature,

        List<AttachmentView> attachments) {

    public static MessageView from(Message message, List<Attachment> attachments) {
        return new MessageView(
                message.id(),
                message.position(),
                message.kind(),
                message.at(),
                message.authorId(),
                message.authorName(),
                message.subject(),
                message.bodyText(),
                message.bodyHtml(),
                message.recipients().to(),
                message.recipients().cc(),
                message.deliverVia(),
                message.delivery(),
                message.deliveryReason(),
                message.inReplyToMessageId(),
                message.isMailCopy(),
                message.mailCopyState(),
                message.mailCopyReason(),
                message.solves(),
                message.sendAt(),
                message.mentions(),
                message.signature(),
                attachments.stream().map(AttachmentView::from).toList());
    }
}
