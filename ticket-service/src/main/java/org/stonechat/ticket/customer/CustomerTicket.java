package org.stonechat.ticket.customer;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.department.StageCategory;
import org.stonechat.ticket.event.Channel;
import org.stonechat.ticket.event.Priority;
import org.stonechat.ticket.ticket.Ticket;

@Schema(name = "CustomerTicket")
record CustomerTicket(
        UUID id,
        long number,
        String subject,
        UUID departmentId,
        @Nullable UUID assigneeId,
        StageCategory stageCategory,
        Priority priority,
        boolean escalated,
        Channel channel,
        Instant createdAt,
        @Nullable Instant waitingSince,
        @Nullable Instant solvedAt) {

    static CustomerTicket from(Ticket ticket) {
        return new CustomerTicket(
                ticket.id(),
                ticket.number(),
                ticket.subject(),
                ticket.departmentId(),
                ticket.assigneeId(),
                ticket.stageCategory(),
                ticket.priority(),
                ticket.isEscalated(),
                ticket.channel(),
                ticket.createdAt(),
                ticket.waitingSince(),
                ticket.solvedAt());
    }
}
