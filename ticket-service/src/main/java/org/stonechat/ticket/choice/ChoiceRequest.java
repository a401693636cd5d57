package org.stonechat.ticket.choice;

import java.util.UUID;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What can be set of something to choose.
@Schema(name = "ChoiceRequest")
record ChoiceRequest(
        @NotNull UUID departmentId,

        @NotBlank @Size(max = 100) @Pattern(regexp = "[^\\p{Cntrl}]*") @Schema(examples = "Damaged in transit")
        String name,

        @Min(0) @Max(10000) @Schema(description = "Its place in the list; 0 by default") @Nullable
        Integer position,

        @Schema(description = "True: it is offered no more; tickets keep it") @Nullable
        Boolean retired) {

    Choice.Properties properties() {
        return new Choice.Properties(name.strip(), position == null ? 0 : position, retired != null && retired);
    }
}
