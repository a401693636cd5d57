package org.stonechat.ticket.field;

import java.util.List;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(name = "Form")
record FormView(
        UUID id,
        String name,
        @Nullable UUID departmentId,
        @Nullable UUID typeId,
        @Nullable UUID extendsId,
        boolean inUse,
        List<FormItem> items,
        int version) {

    static FormView from(Form form) {
        return new FormView(
                form.id(),
                form.name(),
                form.departmentId(),
                form.typeId(),
                form.extendsId(),
                form.isInUse(),
                form.items(),
                form.version());
    }
}
