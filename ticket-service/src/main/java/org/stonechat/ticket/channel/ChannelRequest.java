package org.stonechat.ticket.channel;

import java.util.UUID;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(name = "ChannelRequest")
record ChannelRequest(
        @NotBlank @Size(max = 200) @Pattern(regexp = "[^\\p{Cntrl}]*") @Schema(examples = "Shop messenger")
        String name,

        @NotNull @Schema(description = "Where its conversations become tickets")
        UUID departmentId,

        @Schema(description = "The team that gets them") @Nullable
        UUID teamId,

        @Size(min = 10, max = 2000)
        @Pattern(regexp = "[\\x21-\\x7e]*")
        @Schema(description = "Where answers are posted, by https; none for a channel that only listens")
        @Nullable
        String outboundUrl,

        @Schema(description = "True by default") @Nullable Boolean active,

        @Schema(
                description = "True: a new secret replaces the present one at once. To be said, true or false, when"
                        + " `outboundUrl` leads to another host than before")
        @Nullable
        Boolean rotateSecret) {}
