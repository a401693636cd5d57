package org.stonechat.ticket.department;

import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(name = "Stage")
public record StageView(
        UUID id,
        UUID departmentId,
        String label,
        StageCategory category,
        int position,
        boolean initial,
        boolean reopen,
        boolean solve,
        boolean close,
        boolean escalates,

        @Schema(description = "Nothing comes here any more; some tickets may still stand here")
        boolean retired,

        @Schema(description = "Where the tickets of a retired stage are moved; null when they keep it") @Nullable
        UUID movesTo) {

    public static StageView from(Department department, Stage stage) {
        return new StageView(
                stage.id(),
                department.id(),
                stage.label(),
                stage.category(),
                stage.position(),
                stage.isInitial(),
                stage.isReopen(),
                stage.isSolve(),
                stage.isClose(),
                stage.escalates(),
                stage.isRetired(),
                stage.movesTo());
    }
}
