package org.stonechat.ticket.reply;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.event.DeliverVia;

/// A public reply or an internal comment.
@Schema(name = "MessageRequest")
record MessageRequest(
        @NotNull Kind kind,

        @Size(max = 30000) @Pattern(regexp = "[^\\x00]*", flags = Pattern.Flag.DOTALL) @Nullable
        String bodyText,

        @Size(max = 100000) @Schema(description = "Sanitised before it is kept") @Nullable
        String bodyHtml,

        @Schema(
                description = "The last message its author saw; none for the first reply. If the customer has"
                        + " written since, the reply is refused with what was missed")
        @Nullable
        UUID basedOnMessageId,

        @Schema(description = "Solve the ticket with the reply; by default what the department does") @Nullable
        Boolean solve,

        @Schema(description = "For reviews: a copy by mail to the customer; true by default") @Nullable
        Boolean mailCopy,

        @Size(max = 20) @Nullable List<@NotNull @Valid Recipient> cc,

        @Size(max = 20) @Schema(description = "Files of the ticket that go out with it") @Nullable
        List<@NotNull UUID> attachmentIds,

        @Schema(
                description = "How the reply reaches the customer; by default as the contact prefers, else the way the"
                        + " customer wrote last. On a review's ticket the default is the review, and a reply by any of"
                        + " these is private: published nowhere")
        @Nullable
        Way channel,

        @Schema(description = "A copy to everybody who takes part in the conversation; false by default") @Nullable
        Boolean replyAll,

        @Schema(description = "When the reply goes out, at most a year from now; at once by default") @Nullable
        Instant sendAt,

        @Schema(description = "The signature below it; true by default") @Nullable
        Boolean signature) {

    @Schema(name = "ReplyChannel")
    enum Way {
        MAIL,
        CHANNEL,
        PORTAL;

        DeliverVia via() {
            return switch (this) {
                case MAIL -> DeliverVia.MAIL;
                case CHANNEL -> DeliverVia.CHANNEL;
                case PORTAL -> DeliverVia.PORTAL;
            };
        }
    }

    @Schema(name = "MessageKindRequest")
    enum Kind {
        PUBLIC_REPLY,
        COMMENT
    }

    @Schema(name = "Recipient")
    record Recipient(
            @Size(max = 200) @Pattern(regexp = "[^\\p{Cntrl}]*") @Nullable
            String name,

            @NotNull @Email @Size(min = 3, max = 254) String address) {}
}
