package org.stonechat.ticket.team;

import java.util.Set;
import java.util.UUID;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What an admin sets of a team.
@Schema(name = "TeamRequest")
record TeamRequest(
        @NotNull @Size(min = 1, max = 100) @Pattern(regexp = "[^\\p{Cntrl}]*") @Schema(examples = "Shop Support")
        String name,

        @NotNull @Pattern(regexp = "[a-z0-9][a-z0-9-]{0,49}") @Schema(examples = "shop-support")
        String slug,

        @NotNull @Size(min = 1, max = 100) Set<@NotNull UUID> departmentIds,
        @Nullable TeamVisibility visibility,
        @Size(max = 1000) @Nullable Set<@NotNull UUID> memberIds) {

    Team.Properties properties() {
        return new Team.Properties(
                name,
                slug,
                visibility == null ? TeamVisibility.INTERNAL : visibility,
                departmentIds,
                memberIds == null ? Set.of() : memberIds);
    }
}
