package org.stonechat.ticket.link;

import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.department.Stage;
import org.stonechat.ticket.department.StageCategory;
import org.stonechat.ticket.ticket.Ticket;

@Schema(name = "TicketLink")
record LinkView(
        UUID ticketId,
        long number,
        String subject,
        UUID departmentId,
        String stageLabel,
        StageCategory stageCategory,

        @Schema(description = "What the other ticket is to this one")
        How how) {

    @Schema(name = "TicketLinkKind")
    enum How {
        RELATED,
        /// This ticket continues the other one, which had been closed.
        CONTINUES,
        CONTINUED_BY
    }

    static LinkView from(How how, Ticket other, Department department) {
        return new LinkView(
                other.id(),
                other.number(),
                other.subject(),
                other.departmentId(),
                department.stage(other.stageId()).map(Stage::label).orElse(""),
                other.stageCategory(),
                how);
    }
}
