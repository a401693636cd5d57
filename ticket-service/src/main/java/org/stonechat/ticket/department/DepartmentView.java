package org.stonechat.ticket.department;

import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(name = "Department")
record DepartmentView(
        UUID id,
        String name,
        String slug,
        Preset preset,
        boolean oneTouch,
        @Nullable String mailAddress,
        String language,
        String timeZone,
        @Schema(examples = "PT96H") String autoCloseAfter,
        @Schema(examples = "PT0S") String reopenWindow,
        boolean active,

        @Schema(description = "A closed ticket belongs to nobody; who resolved it is kept apart")
        boolean unassignsOnClose,

        @Schema(description = "It may go on reading tickets that it has referred to another department")
        boolean readsReferred,

        int version) {

    static DepartmentView from(Department department) {
        return new DepartmentView(
                department.id(),
                department.name(),
                department.slug(),
                department.preset(),
                department.isOneTouch(),
                department.mailAddress(),
                department.language(),
                department.timeZone(),
                department.autoCloseAfter().toString(),
                department.reopenWindow().toString(),
                department.isActive(),
                department.unassignsOnClose(),
                department.readsReferred(),
                department.version());
    }
}
