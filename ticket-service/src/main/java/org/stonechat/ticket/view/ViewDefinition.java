package org.stonechat.ticket.view;

import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.annotation.JsonInclude;

/// What a saved view shows, and how.
///
/// @param filter  null for everything one sees
/// @param columns for the client, in their order; null for the usual ones
@Schema(name = "ViewDefinition")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ViewDefinition(
        @Valid @Nullable TicketFilter filter,

        @Size(max = 40)
        @Schema(
                description =
                        "What the list shows, in this order: names of a row's properties, or `fields.` and a code")
        @Nullable
        List<
                        @NotNull
                        @Pattern(
                                regexp = "number|subject|departmentId|teamId|queueId|assignee|stage|priority|escalated"
                                        + "|typeId|category|tags|requester|channel|dueAt|waitingSince|createdAt|foldedAt"
                                        + "|stars|reviewTitle|reviewAuthor|rating|fields\\.[a-z][a-zA-Z0-9]{0,49}")
                        String>
                columns,

        @Pattern(regexp = "WAITING|DUE|OLDEST|NEWEST|FOLDED|STARS|-?fields\\.[a-z][a-zA-Z0-9]{0,49}")
        @Schema(
                description =
                        "WAITING (urgent and escalated on top, then the longest waiting; the default), DUE, OLDEST,"
                                + " NEWEST, FOLDED (solved or closed ones, latest first), STARS (reviews, worst first), or"
                                + " `fields.` and a code, with a minus for descending; tickets without a value come last")
        @Nullable
        String sort,

        @Schema(description = "One group after the other, in the order of the pipeline or the priority") @Nullable
        Grouping groupBy) {

    @Schema(name = "ViewGrouping")
    enum Grouping {
        STAGE,
        PRIORITY
    }
}
