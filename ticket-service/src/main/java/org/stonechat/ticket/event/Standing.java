package org.stonechat.ticket.event;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// The standing facts that every event of a ticket carries, so that no consumer waits for another topic.
public record Standing(
        UUID ticketId,
        long number,
        UUID departmentId,
        @Nullable UUID teamId,
        @Nullable UUID queueId,
        @Nullable UUID assigneeId,
        UUID contactId,
        StageFacts stage,
        Priority priority,
        boolean escalated,
        Channel channel,
        @Nullable String language,
        @Nullable UUID typeId,
        List<String> tags,
        @Nullable UUID reviewId) {}
