package org.stonechat.ticket.referral;

import java.util.UUID;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// Which department a ticket goes to, and whose hands there.
@Schema(name = "ReferralRequest")
public record ReferralRequest(
        @NotNull UUID departmentId,

        @Schema(description = "A team of that department; nobody's by default") @Nullable
        UUID teamId,

        @Schema(description = "A queue of that department; none by default") @Nullable
        UUID queueId,

        @Size(max = 10000)
        @Pattern(regexp = "[^\\x00]*", flags = Pattern.Flag.DOTALL)
        @Schema(description = "Becomes an internal comment")
        @Nullable
        String comment) {}
