package org.stonechat.ticket.draft;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.event.Correspondent;
import org.stonechat.ticket.event.DeliverVia;
import org.stonechat.ticket.event.MessageKind;

@Schema(name = "Draft")
public record DraftView(
        MessageKind kind,
        @Nullable String subject,
        String bodyText,

        @Schema(description = "Sanitised; can be shown as it is") @Nullable
        String bodyHtml,

        List<Correspondent> to,
        List<Correspondent> cc,
        @Nullable DeliverVia channel,
        @Nullable UUID basedOnMessageId,
        @Nullable Boolean solve,
        @Nullable Boolean mailCopy,
        @Nullable Boolean replyAll,
        @Nullable Instant sendAt,
        List<UUID> attachmentIds,

        @Schema(description = "Why a reply came back instead of going out; null for what was never sent") @Nullable
        Returned returned,

        Instant updatedAt,
        int version) {

    @Schema(name = "ReturnedReply")
    public record Returned(
            @Schema(description = "The message that came back; null when it had not been taken at all") @Nullable
            UUID messageId,

            @Schema(
                    description =
                            "`withdrawn`, `customer-wrote`, `reply-outdated`, or the code of what made the sending"
                                    + " impossible",
                    examples = "customer-wrote")
            String reason,

            Instant at) {}
}
