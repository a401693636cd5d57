package org.stonechat.ticket.merge;

import java.util.List;
import java.util.UUID;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Which messages are a matter of their own.
@Schema(name = "SplitRequest")
record SplitRequest(
        @NotEmpty @Size(max = 100) @Schema(description = "Messages of the conversation, in any order")
        List<@NotNull UUID> messageIds,

        @Size(min = 1, max = 500)
        @Pattern(regexp = "[^\\p{Cntrl}]*\\S[^\\p{Cntrl}]*")
        @Schema(description = "The ticket's own subject if none is given")
        @Nullable
        String subject) {}
