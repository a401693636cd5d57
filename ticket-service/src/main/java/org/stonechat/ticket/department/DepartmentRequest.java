package org.stonechat.ticket.department;

import java.time.Duration;

import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonIgnore;

/// What an admin sets of a department.
@Schema(name = "DepartmentRequest")
record DepartmentRequest(
        @NotNull @Size(min = 1, max = 100) @Pattern(regexp = "[^\\p{Cntrl}]*") @Schema(examples = "Northwind Shop")
        String name,

        @NotNull @Pattern(regexp = "[a-z0-9][a-z0-9-]{0,49}") @Schema(examples = "northwind")
        String slug,

        @NotNull Preset preset,
        @Nullable Boolean oneTouch,

        @Email @Size(max = 254) @Schema(examples = "support@northwind.example") @Nullable
        String mailAddress,

        @Pattern(regexp = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*") @Schema(examples = "en") @Nullable
        String language,

        @Size(max = 64) @Schema(examples = "Europe/Amsterdam") @Nullable
        String timeZone,

        @Schema(type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING, examples = "PT96H")
        @Nullable
        Duration autoCloseAfter,

        @Schema(
                type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING,
                description = "How long after closing a customer's message still reopens the ticket")
        @Nullable
        Duration reopenWindow,

        @Nullable Boolean active,

        @Schema(description = "A closed ticket belongs to nobody; false by default") @Nullable
        Boolean unassignsOnClose,

        @Schema(description = "It may go on reading tickets that it has referred; false by default") @Nullable
        Boolean readsReferred) {

    private static final Duration LONGEST = Duration.ofDays(3650);

    @JsonIgnore
    @AssertTrue(message = "must be a time zone such as Europe/Amsterdam")
    boolean isTimeZoneKnown() {
        return timeZone == null || java.time.ZoneId.getAvailableZoneIds().contains(timeZone);
    }

    @JsonIgnore
    @AssertTrue(message = "must be longer than nothing and shorter than ten years")
    boolean isAutoCloseAfterPossible() {
        return autoCloseAfter == null || (autoCloseAfter.toSeconds() > 0 && autoCloseAfter.compareTo(LONGEST) < 0);
    }

    @JsonIgnore
    @AssertTrue(message = "must not be negative and shorter than ten years")
    boolean isReopenWindowPossible() {
        return reopenWindow == null || (!reopenWindow.isNegative() && reopenWindow.compareTo(LONGEST) < 0);
    }

    Department.Properties properties() {
        return new Department.Properties(
                name,
                slug,
                preset,
                oneTouch != null && oneTouch,
                mailAddress == null ? null : mailAddress.toLowerCase(java.util.Locale.ROOT),
                language == null ? "en" : language,
                timeZone == null ? "UTC" : timeZone,
                autoCloseAfter == null ? Duration.ofHours(96) : autoCloseAfter,
                reopenWindow,
                active == null || active,
                unassignsOnClose != null && unassignsOnClose,
                readsReferred != null && readsReferred);
    }
}
