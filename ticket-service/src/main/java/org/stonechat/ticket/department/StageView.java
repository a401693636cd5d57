package org.stonechat.ticket.department;

import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

@Schema(name = "Stage")
record StageView(
        UUID id,
        UUID departmentId,
        String label,
        StageCategory category,
        int position,
        boolean initial,
        boolean reopen,
        boolean solve,
        boolean close,
        boolean escalates) {

    static StageView from(Department department, Stage stage) {
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
                stage.escalates());
    }
}
