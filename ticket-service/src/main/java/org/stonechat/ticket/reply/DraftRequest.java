package org.stonechat.ticket.reply;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.conversation.Body;
import org.stonechat.ticket.draft.DraftContent;
import org.stonechat.ticket.event.Correspondent;
import org.stonechat.ticket.event.DeliverVia;
import org.stonechat.ticket.event.MessageKind;
import org.stonechat.ticket.event.Recipients;

import com.fasterxml.jackson.annotation.JsonIgnore;

/// What an agent has in the editor, however unfinished.
@Schema(name = "DraftRequest")
record DraftRequest(
        @NotNull Kind kind,

        @Size(max = 500) @Pattern(regexp = "[^\\p{Cntrl}]*") @Nullable
        String subject,

        @Size(max = 30000) @Pattern(regexp = "[^\\x00]*", flags = Pattern.Flag.DOTALL) @Nullable
        String bodyText,

        @Size(max = 100000) @Schema(description = "Sanitised before it is kept") @Nullable
        String bodyHtml,

        @Size(max = 50) @Nullable List<@NotNull @Valid DraftRecipient> to,
        @Size(max = 50) @Nullable List<@NotNull @Valid DraftRecipient> cc,
        @Nullable DeliverVia channel,
        @Nullable UUID basedOnMessageId,
        @Nullable Boolean solve,
        @Nullable Boolean mailCopy,
        @Nullable Boolean replyAll,
        @Nullable Instant sendAt,
        @Size(max = 20) @Nullable List<@NotNull UUID> attachmentIds) {

    private static final Instant FURTHEST = Instant.parse("2200-01-01T00:00:00Z");

    @JsonIgnore
    @AssertTrue(message = "must be a time of this or the next century")
    boolean isSendAtPossible() {
        return sendAt == null || (sendAt.isAfter(Instant.EPOCH) && sendAt.isBefore(FURTHEST));
    }

    @Schema(name = "DraftKind")
    enum Kind {
        PUBLIC_REPLY,
        COMMENT,
        FORWARD
    }

    @Schema(name = "DraftRecipient")
    record DraftRecipient(
            @Size(max = 200) @Pattern(regexp = "[^\\p{Cntrl}]*") @Nullable
            String name,

            @NotNull @Email @Size(min = 3, max = 254) String address) {}

    DraftContent content() {
        return new DraftContent(
                switch (kind) {
                    case PUBLIC_REPLY -> MessageKind.PUBLIC_REPLY;
                    case COMMENT -> MessageKind.COMMENT;
                    case FORWARD -> MessageKind.FORWARD;
                },
                subject,
                Body.of(bodyText, bodyHtml),
                new Recipients(correspondents(to), correspondents(cc)),
                channel,
                basedOnMessageId,
                solve,
                mailCopy,
                replyAll,
                sendAt,
                attachmentIds == null
                        ? List.of()
                        : attachmentIds.stream().distinct().toList());
    }

    private static List<Correspondent> correspondents(@Nullable List<DraftRecipient> recipients) {
        return recipients == null
                ? List.of()
                : recipients.stream()
                        .map(one -> new Correspondent(
                                one.name(), one.address().strip().toLowerCase(Locale.ROOT)))
                        .toList();
    }
}
