package org.stonechat.ticket.channel;

import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What somebody wrote on a channel.
@Schema(name = "InboundMessage")
record InboundMessage(
        @NotBlank
        @Size(max = 200)
        @Pattern(regexp = "[^\\p{Cntrl}]*")
        @Schema(description = "The same for all messages of one conversation")
        String conversationId,

        @NotBlank
        @Size(max = 200)
        @Pattern(regexp = "[^\\p{Cntrl}]*")
        @Schema(
                description =
                        "Of this message, within its conversation; a message is taken in once, however often it is sent")
        String messageId,

        @NotNull @Valid Sender from,

        @Size(min = 1, max = 500)
        @Pattern(regexp = "[^\\p{Cntrl}]*")
        @Schema(description = "Of a new ticket; the beginning of the text if none is given")
        @Nullable
        String subject,

        @Size(max = 30000) @Pattern(regexp = "[^\\x00]*", flags = Pattern.Flag.DOTALL) @Nullable
        String text,

        @Size(max = 100000) @Schema(description = "Sanitised before it is kept") @Nullable
        String html,

        @Size(max = 35) @Pattern(regexp = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*") @Nullable
        String language,

        @Size(max = 10) @Nullable List<@NotNull @Valid File> attachments) {

    @Schema(name = "InboundSender")
    record Sender(
            @NotBlank
            @Size(max = 200)
            @Pattern(regexp = "[^\\p{Cntrl}]*")
            @Schema(description = "The channel's own id of the customer")
            String id,

            @Size(max = 200) @Pattern(regexp = "[^\\p{Cntrl}]*") @Nullable
            String name,

            @Email
            @Size(min = 3, max = 254)
            @Pattern(regexp = "[^\\p{Cntrl}]*")
            @Schema(description = "A verified mail address, by which the contact is found")
            @Nullable
            String address) {}

    @Schema(name = "InboundFile")
    record File(
            @NotBlank @Size(max = 255) @Pattern(regexp = "[^\\p{Cntrl}]*")
            String name,

            @NotNull @Schema(description = "Base64") byte[] content) {}
}
