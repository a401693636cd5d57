package org.stonechat.ticket.field;

import java.util.List;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnore;

/// What an admin sets of a form.
@Schema(name = "FormRequest")
record FormRequest(
        @NotNull @Size(min = 1, max = 100) @Pattern(regexp = "[^\\p{Cntrl}]*") @Schema(examples = "Returns")
        String name,

        @Schema(description = "None: for every department") @Nullable
        UUID departmentId,

        @Schema(description = "None: for every type of ticket") @Nullable
        UUID typeId,

        @Schema(description = "The form whose fields come first") @Nullable
        UUID extendsId,

        @Schema(description = "False for a core form that only others extend; true by default") @Nullable
        Boolean inUse,

        @NotNull @Size(max = 100) List<@NotNull @Valid FormItem> items) {

    @JsonIgnore
    @AssertTrue(message = "each field may stand on a form once, and one that is required `WHEN` says when")
    boolean isItemsPossible() {
        if (items == null || items.stream().anyMatch(item -> item == null || item.fieldId() == null)) {
            return true;
        }
        return items.stream().map(FormItem::fieldId).distinct().count() == items.size()
                && items.stream()
                        .allMatch(item -> (item.required() == FormItem.Required.WHEN)
                                == (item.when() != null && !item.when().isEmpty()));
    }

    Form.Properties properties() {
        return new Form.Properties(name, departmentId, typeId, extendsId, inUse == null || inUse, items);
    }
}
