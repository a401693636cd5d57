package org.stonechat.ticket.merge;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The tickets a ticket was merged with and split from.
@Schema(name = "TicketFamily")
record FamilyView(
        @Schema(description = "The ticket whose conversation is shown")
        UUID ticketId,

        List<Merged> merged,

        @Schema(description = "The ticket this one was split off") @Nullable
        Relative splitFrom,

        @Schema(description = "What was split off this ticket")
        List<Relative> splitInto) {

    @Schema(name = "MergedTicket")
    record Merged(
            UUID ticketId,
            long number,
            String subject,
            UUID into,
            Instant mergedAt,
            @Nullable UUID mergedBy,
            @Nullable String mergedByName) {}

    @Schema(name = "RelatedTicket")
    record Relative(UUID ticketId, long number, String subject) {}
}
