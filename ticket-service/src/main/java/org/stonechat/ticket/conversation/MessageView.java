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

        @Schema(
                description = "Where a mail says it came from. Whoever wrote a comment that has it is not known to work"
                        + " here",
                examples = "jan@factory.example")
        @Nullable
        String senderAddress,

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

        @Schema(
                description = "In the answer to writing it: whom it names with @ and nobody was told, because they may"
                        + " not see the ticket or are not known in its department")
        @Nullable
        List<NotTold> mentionsNotTold,

        @Schema(description = "What stands below it when it goes out") @Nullable
        Signature signature,

        List<AttachmentView> attachments) {

    /// A name behind @ of which nobody, or not everybody, was told.
    @Schema(name = "MentionNotTold")
    public record NotTold(
            @Schema(description = "As it stands behind @, in lower case", examples = "bob")
            String name,

            Why why,

            @Schema(description = "How many of a team's members were not told; null for one person") @Nullable
            Integer members) {

        @Schema(name = "WhyNotTold")
        public enum Why {
            /// Nobody of that name works in the ticket's department, or nobody at all is called so: which of the
            /// two is nobody's business.
            NOT_IN_DEPARTMENT,
            /// The ticket lies with a closed team.
            CLOSED_TEAM,
            /// Their role reads no tickets.
            ROLE_READS_NO_TICKETS
        }
    }

    public static MessageView from(Message message, List<Attachment> attachments) {
        return from(message, attachments, null);
    }

    /// @param notTold null when it is not being written just now
    public static MessageView from(Message message, List<Attachment> attachments, @Nullable List<NotTold> notTold) {
        return new MessageView(
                message.id(),
                message.position(),
                message.kind(),
                message.at(),
                message.authorId(),
                message.authorName(),
                message.senderAddress(),
                message.subject(),
                message.bodyText(),
                message.bodyHtml(),
                message.recipients().to().stream().map(Correspondent::shown).toList(),
                message.recipients().cc().stream().map(Correspondent::shown).toList(),
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
                notTold,
                message.signature(),
                attachments.stream().map(AttachmentView::from).toList());
    }
}
