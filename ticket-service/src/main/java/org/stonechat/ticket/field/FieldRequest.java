package org.stonechat.ticket.field;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnore;

/// What an admin sets of a custom field.
@Schema(name = "FieldRequest")
record FieldRequest(
        @NotNull
        @Pattern(regexp = "[a-z][a-zA-Z0-9]{0,49}")
        @Schema(description = "What it is called in JSON; stays for ever", examples = "orderNumber")
        String code,

        @NotNull @Size(min = 1, max = 100) @Pattern(regexp = "[^\\p{Cntrl}]*") @Schema(examples = "Order number")
        String label,

        @NotNull @Schema(description = "Stays for ever") FieldKind kind,

        @Size(max = 100) @Schema(description = "None: for every department") @Nullable
        Set<@NotNull UUID> departmentIds,

        @Size(max = 200)
        @Schema(description = "Of a choice; one that is left out later is retired, not removed")
        @Nullable
        List<@NotNull @Valid Choice> choices,

        @Min(1) @Max(5000) @Schema(description = "Of a text, in characters; 5,000 by default") @Nullable
        Integer longest,

        @Digits(integer = 20, fraction = 10) @Nullable BigDecimal lowest,

        @Digits(integer = 20, fraction = 10) @Nullable BigDecimal highest,

        @Schema(description = "Asked for no more; tickets keep what they have") @Nullable
        Boolean retired) {

    @JsonIgnore
    @AssertTrue(message = "a choice needs choices, each with a code of its own, and other kinds have none")
    boolean isChoicesPossible() {
        if (kind == null) {
            return true;
        }
        List<Choice> given = choices == null ? List.of() : choices;
        return kind.hasChoices()
                ? !given.isEmpty()
                        && given.stream().map(Choice::code).distinct().count() == given.size()
                : given.isEmpty();
    }

    @JsonIgnore
    @AssertTrue(message = "lowest must not be above highest")
    boolean isRangePossible() {
        return lowest == null || highest == null || lowest.compareTo(highest) <= 0;
    }

    CustomField.Properties properties() {
        return new CustomField.Properties(
                label,
                departmentIds == null ? Set.of() : departmentIds,
                choices == null ? List.of() : choices,
                longest,
                lowest,
                highest,
                retired != null && retired);
    }
}
