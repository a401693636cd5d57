package org.stonechat.ticket.view;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.department.StageCategory;
import org.stonechat.ticket.event.Channel;
import org.stonechat.ticket.event.Priority;
import org.stonechat.ticket.field.FieldValue;
import org.stonechat.ticket.ticket.Face;

@Schema(name = "TicketRow")
public record TicketRow(
        UUID id,
        long number,
        String subject,
        UUID departmentId,
        @Nullable UUID teamId,
        @Nullable UUID queueId,
        @Nullable UUID assigneeId,
        @Nullable String assigneeName,
        RowStage stage,
        Priority priority,
        boolean escalated,
        @Nullable UUID typeId,
        String category,
        List<String> tags,
        UUID requesterId,
        @Nullable String requesterName,
        @Nullable String requesterAddress,
        Channel channel,
        @Nullable Instant dueAt,
        @Nullable Instant waitingSince,
        Instant createdAt,
        @Nullable Instant foldedAt,
        @Nullable RowReview review,

        @Schema(description = "The rating the customer gave") @Nullable
        Face rating,

        @Schema(
                type = SchemaType.OBJECT,
                additionalProperties = FieldValue.class,
                description = "Custom fields by their code")
        Map<String, Object> fields,

        @Schema(description = "True: your department referred it away and may only read it")
        boolean readOnly,

        int version) {

    @Schema(name = "TicketRowStage")
    public record RowStage(UUID id, String label, StageCategory category) {}

    @Schema(name = "TicketRowReview")
    public record RowReview(
            UUID id,
            @Nullable Integer stars,
            @Nullable String title,
            @Nullable String authorName) {}
}
