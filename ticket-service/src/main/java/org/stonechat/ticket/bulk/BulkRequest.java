package org.stonechat.ticket.bulk;

import java.util.List;
import java.util.UUID;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.view.TicketFilter;

import com.fasterxml.jackson.annotation.JsonIgnore;

/// Which tickets, and what is to happen to each of them.
@Schema(name = "BulkRequest")
record BulkRequest(
        @Size(min = 1, max = MOST) @Schema(description = "Either these …") @Nullable
        List<@NotNull UUID> ticketIds,

        @Size(max = 50) @Schema(description = "… or those of a view, by its code, …") @Nullable
        String view,

        @Valid @Schema(description = "… or those that fit a filter, within the view if one is named") @Nullable
        TicketFilter filter,

        @NotNull @Valid BulkChange change) {

    static final int MOST = 10_000;

    @JsonIgnore
    @AssertTrue(message = "names either tickets, or a view or filter")
    boolean isOneSelection() {
        return (ticketIds != null) != (view != null || filter != null);
    }
}
