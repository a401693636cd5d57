package org.stonechat.ticket.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.department.StageCategory;
import org.stonechat.ticket.event.Channel;
import org.stonechat.ticket.event.Priority;
import org.stonechat.ticket.ticket.Face;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;

/// Which tickets. Everything that is given must hold; of several values one must.
@Schema(name = "TicketFilter")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TicketFilter(
        @Size(max = 100) @Nullable Set<@NotNull UUID> departmentIds,
        @Size(max = 100) @Nullable Set<@NotNull UUID> teamIds,
        @Size(max = 100) @Nullable Set<@NotNull UUID> queueIds,
        @Size(max = 100) @Nullable Set<@NotNull UUID> assigneeIds,

        @Schema(description = "True: what is assigned to whoever looks") @Nullable
        Boolean mine,

        @Schema(description = "True: what nobody has; false: what somebody has") @Nullable
        Boolean unassigned,

        @Schema(description = "True: neither solved nor closed; false: solved or closed") @Nullable
        Boolean open,

        @Size(max = 100) @Nullable Set<@NotNull UUID> stageIds,
        @Size(max = 6) @Nullable Set<@NotNull StageCategory> stageCategories,
        @Size(max = 4) @Nullable Set<@NotNull Priority> priorities,
        @Nullable Boolean escalated,
        @Size(max = 50) @Nullable Set<@NotNull UUID> typeIds,

        @Size(max = 50) @Nullable Set<@NotNull @Size(max = 100) @Pattern(regexp = "[^\\p{Cntrl}]*") String> categories,

        @Size(max = 50) @Schema(description = "Any of them") @Nullable
        Set<@NotNull @Size(max = 50) @Pattern(regexp = "[^\\p{Cntrl}]*") String> tags,

        @Size(max = 10) @Nullable Set<@NotNull Channel> channels,

        @Size(max = 20) @Nullable Set<@NotNull @Pattern(regexp = "[a-z]{2,3}(-[A-Za-z0-9]{2,8})*") String> languages,

        @Size(max = 5) @Schema(description = "Of the review") @Nullable
        Set<@NotNull @Min(1) @Max(5) Integer> stars,

        @Size(max = 3) @Schema(description = "The faces customers chose") @Nullable
        Set<@NotNull Face> ratings,

        @Nullable UUID contactId,
        @Nullable Instant createdFrom,

        @Schema(description = "Before this moment") @Nullable
        Instant createdTo,

        @Nullable Instant dueBefore,

        @Schema(type = SchemaType.STRING, description = "The customer has waited at least that long", examples = "PT4H")
        @Nullable
        Duration waitingFor,

        @Size(max = 10) @Nullable List<@NotNull @Valid FieldFilter> fields) {

    private static final Duration LONGEST = Duration.ofDays(3650);

    /// A custom field with one of the values, or within the range.
    @Schema(name = "FieldFilter")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record FieldFilter(
            @NotNull @Pattern(regexp = "[a-z][a-zA-Z0-9]{0,49}")
            String field,

            @Size(min = 1, max = 50)
            @Schema(description = "Choices, texts, numbers as text, `true` or `false`")
            @Nullable
            List<@NotNull @Size(max = 200) @Pattern(regexp = "[^\\x00]*", flags = Pattern.Flag.DOTALL) String> values,

            @Size(max = 50)
            @Pattern(regexp = "[^\\x00]*")
            @Schema(description = "A number or a day, included")
            @Nullable
            String from,

            @Size(max = 50)
            @Pattern(regexp = "[^\\x00]*")
            @Schema(description = "A number or a day, included")
            @Nullable
            String to) {

        @JsonIgnore
        @AssertTrue(message = "must have either values or a range")
        boolean isPossible() {
            return (values == null) != (from == null && to == null);
        }
    }

    /// Nothing is left out.
    public static final TicketFilter NONE = new TicketFilter(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            null, null, null, null, null, null);

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    @JsonIgnore
    @AssertTrue(message = "names moments that no calendar has")
    boolean isTimesPossible() {
        return Stream.of(createdFrom, createdTo, dueBefore)
                .filter(Objects::nonNull)
                .allMatch(moment -> moment.isAfter(FIRST) && moment.isBefore(LAST));
    }

    @JsonIgnore
    @AssertTrue(message = "must not be negative, and shorter than ten years")
    boolean isWaitingForPossible() {
        return waitingFor == null || (!waitingFor.isNegative() && waitingFor.compareTo(LONGEST) < 0);
    }
}
