package org.stonechat.ticket.field;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(name = "Field")
public record FieldView(
        UUID id,
        String code,
        String label,
        FieldKind kind,

        @Schema(description = "Empty: for every department") List<UUID> departmentIds,

        List<Choice> choices,
        @Nullable Integer longest,
        @Nullable BigDecimal lowest,
        @Nullable BigDecimal highest,
        boolean retired,
        int version) {

    public static FieldView from(CustomField field) {
        return new FieldView(
                field.id(),
                field.code(),
                field.label(),
                field.kind(),
                List.copyOf(field.departmentIds()),
                field.choices(),
                field.longest(),
                field.lowest(),
                field.highest(),
                field.isRetired(),
                field.version());
    }
}
