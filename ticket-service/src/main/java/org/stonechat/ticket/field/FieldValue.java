package org.stonechat.ticket.field;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// What a custom field holds, as the API's description says it: a text, a number, true or false, or a list of
/// choices.
@Schema(
        name = "FieldValue",
        oneOf = {String.class, Double.class, Boolean.class, String[].class},
        description = "A text (also for a date or a time), a number, true or false, or a list of choices")
public interface FieldValue {

    /// What a merge patch puts into one: null empties it.
    @Schema(
            name = "FieldChange",
            nullable = true,
            oneOf = {String.class, Double.class, Boolean.class, String[].class},
            description = "A value as for `FieldValue`; null empties the field")
    interface Change {}
}
