package org.stonechat.ticket.field;

import java.util.List;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A field on a form.
///
/// @param required NEVER unless said otherwise
/// @param when     for WHEN: all of these must hold
@Schema(name = "FormItem")
public record FormItem(
        @NotNull UUID fieldId,
        @Nullable Required required,
        @Size(max = 10) @Nullable List<@NotNull @Valid Condition> when) {

    /// Whether a ticket can be solved without it.
    @Schema(name = "FieldRequired")
    public enum Required {
        NEVER,
        ALWAYS,
        WHEN
    }

    /// Holds when the ticket's property is one of the values.
    @Schema(name = "FieldCondition")
    public record Condition(
            @NotNull
            @Pattern(regexp = "priority|channel|category|typeId|tags|escalated|fields\\.[a-z][a-zA-Z0-9]{0,49}")
            @Schema(
                    description = "A property of the ticket, or `fields.` and the code of another field",
                    examples = "typeId")
            String property,

            @NotNull @Size(min = 1, max = 50) List<@NotNull @Size(max = 200) String> values) {}
}
