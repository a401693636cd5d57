package org.stonechat.ticket.view;

import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnore;

/// A view to keep.
@Schema(name = "ViewRequest")
record ViewRequest(
        @NotNull @Size(min = 1, max = 100) @Pattern(regexp = "[^\\p{Cntrl}]*") @Schema(examples = "Angry reviews")
        String name,

        @NotNull @Schema(description = "PRIVATE, DEPARTMENT (leads, admins) or EVERYONE (admins)")
        ViewScope scope,

        @Schema(description = "For the scope DEPARTMENT") @Nullable
        UUID departmentId,

        @NotNull @Valid ViewDefinition definition) {

    @JsonIgnore
    @AssertTrue(message = "departmentId belongs to the scope DEPARTMENT, and to no other")
    boolean isDepartmentIdPossible() {
        return scope == null || (scope == ViewScope.DEPARTMENT) == (departmentId != null);
    }
}
