package org.stonechat.notification.ticket;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// The standing facts that every ticket event carries, as far as they are read here.
///
/// @param departmentId null in the one ticket event that concerns no ticket: mail that was ignored
public record TicketFacts(
        @Nullable UUID ticketId,
        long number,
        @Nullable UUID departmentId,
        @Nullable UUID teamId,
        @Nullable UUID assigneeId,
        @Nullable UUID contactId,
        @Nullable String language,
        @Nullable Stage stage,
        @Nullable String priority,
        boolean escalated,
        @Nullable String channel,
        @Nullable UUID reviewId) {

    public record Stage(@Nullable UUID id, @Nullable String category) {}
}
