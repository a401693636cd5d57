package org.stonechat.ticket.postponement;

import java.time.Instant;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnore;

/// By how much a ticket is put off, or until when.
@Schema(name = "PostponementRequest")
public record PostponementRequest(
        @Min(1) @Max(1000) @Schema(description = "Together with `unit`", examples = "3") @Nullable
        Integer amount,

        @Nullable Unit unit,

        @Schema(description = "Instead of an amount: the moment it is due at") @Nullable
        Instant until) {

    @Schema(name = "PostponementUnit")
    public enum Unit {
        HOURS,
        DAYS,
        WEEKS,
        MONTHS
    }

    @JsonIgnore
    @AssertTrue(message = "must be an amount with its unit, or a moment, and not both")
    boolean isOneOfBoth() {
        return until == null ? amount != null && unit != null : amount == null && unit == null;
    }
}
