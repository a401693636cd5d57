package org.stonechat.ticket.ticket;

import java.util.List;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.department.StageCategory;

/// Solving or closing, with an explanation or without.
@Schema(name = "ClosureRequest")
record ClosureRequest(
        @NotNull As as,

        @Size(max = 200) @Pattern(regexp = "[^\\p{Cntrl}]*") @Nullable
        String reason,

        @Size(max = 10000)
        @Pattern(regexp = "[^\\x00]*", flags = Pattern.Flag.DOTALL)
        @Schema(description = "Becomes an internal comment")
        @Nullable
        String comment,

        @Size(max = 20) @Nullable
        List<@NotBlank @Size(max = 100) @Pattern(regexp = "[^\\p{Cntrl}]*") String> rootCauses) {

    @Schema(name = "ClosureAs")
    enum As {
        SOLVED,
        CLOSED
    }

    TicketChanges.Closure closure() {
        return new TicketChanges.Closure(
                switch (as) {
                    case SOLVED -> StageCategory.SOLVED;
                    case CLOSED -> StageCategory.CLOSED;
                },
                reason,
                comment,
                rootCauses == null ? List.of() : rootCauses);
    }
}
