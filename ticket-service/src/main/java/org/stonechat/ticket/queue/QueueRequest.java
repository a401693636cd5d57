package org.stonechat.ticket.queue;

import java.util.UUID;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// What can be set of a queue.
@Schema(name = "QueueRequest")
record QueueRequest(
        @NotNull UUID departmentId,

        @NotBlank @Size(max = 100) @Pattern(regexp = "[^\\p{Cntrl}]*") @Schema(examples = "Returns")
        String name,

        @Min(0) @Max(10000) @Schema(description = "Its place in the list; 0 by default") @Nullable
        Integer position,

        @Schema(description = "True: nothing is put in line here any more; what stands here stays") @Nullable
        Boolean retired) {

    Queue.Properties properties() {
        return new Queue.Properties(name.strip(), position == null ? 0 : position, retired != null && retired);
    }
}
