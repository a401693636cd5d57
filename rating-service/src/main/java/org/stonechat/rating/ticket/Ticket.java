package org.stonechat.rating.ticket;

import java.util.List;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// What is known here of a ticket.
public record Ticket(
        UUID id,
        long number,
        UUID departmentId,
        @Nullable UUID teamId,
        @Nullable UUID assigneeId,
        @Nullable UUID contactId,
        String channel,
        @Nullable String language,
        String category,
        @Nullable UUID reviewId,
        List<String> tags,
        @Nullable String requesterName,
        @Nullable String requesterAddress,
        boolean merged) {

    private static final Set<String> FOLDED = Set.of("SOLVED", "CLOSED");

    public boolean folded() {
        return FOLDED.contains(category);
    }

    public boolean closed() {
        return category.equals("CLOSED");
    }

    /// Review, merged and spam tickets are never asked about, nor is somebody without an address (S-2).
    public boolean mayBeAskedAbout() {
        return reviewId == null && requesterAddress != null && !merged && !tags.contains("spam");
    }
}
