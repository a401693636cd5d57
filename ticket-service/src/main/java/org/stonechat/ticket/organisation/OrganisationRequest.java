package org.stonechat.ticket.organisation;

import java.util.List;
import java.util.UUID;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(name = "OrganisationRequest")
record OrganisationRequest(
        @NotBlank @Size(max = 200) @Pattern(regexp = "[^\\p{Cntrl}]*") @Schema(examples = "Lampworks Ltd")
        String name,

        @NotEmpty @Size(max = 100) @Schema(description = "The departments that see it")
        List<@NotNull UUID> departmentIds,

        @Size(max = 5000) @Pattern(regexp = "[^\\x00]*", flags = Pattern.Flag.DOTALL) @Nullable
        String note) {}
