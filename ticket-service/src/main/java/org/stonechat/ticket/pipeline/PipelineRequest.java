package org.stonechat.ticket.pipeline;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.department.StageCategory;
import org.stonechat.ticket.department.StageDraft;

/// A whole pipeline, in its order.
@Schema(name = "PipelineRequest")
record PipelineRequest(
        @NotEmpty @Size(max = 50) List<@NotNull @Valid StageRequest> stages,

        @Size(max = 50)
        @Schema(
                description =
                        "For stages that are left out, by their id: the label of the stage their tickets are moved"
                                + " to. The tickets of the others keep their stage.")
        @Nullable
        Map<@NotNull UUID, @NotBlank @Size(max = 50) String> moves) {

    /// One step.
    @Schema(name = "StageRequest")
    record StageRequest(
            @Schema(description = "Leave it out for a new one; one with the same label and category is the same")
            @Nullable
            UUID id,

            @NotBlank @Size(max = 50) @Pattern(regexp = "[^\\p{Cntrl}]*") @Schema(examples = "Escalated")
            String label,

            @NotNull @Schema(description = "What it means; fixed once the stage is there")
            StageCategory category,

            @Schema(description = "New tickets start here; exactly one") @Nullable
            Boolean initial,

            @Schema(description = "Reopened tickets come here; exactly one, of the category OPEN") @Nullable
            Boolean reopen,

            @Schema(description = "Solving leads here; exactly one of the category SOLVED, if there is any") @Nullable
            Boolean solve,

            @Schema(description = "Closing leads here; exactly one, of the category CLOSED") @Nullable
            Boolean close,

            @Schema(description = "Tickets are marked as escalated while they stand here") @Nullable
            Boolean escalates) {

        StageDraft draft() {
            return new StageDraft(
                    id, label.strip(), category, is(initial), is(reopen), is(solve), is(close), is(escalates));
        }

        private static boolean is(@Nullable Boolean flag) {
            return flag != null && flag;
        }
    }
}
