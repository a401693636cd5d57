package org.stonechat.kit.audit;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Actor;

/// What was refused to somebody, or changed by them.
@Schema(name = "AuditLine")
public record AuditLine(
        UUID id,
        Outcome outcome,

        @Schema(description = "What was changed; `request` when something was refused", examples = "role")
        String kind,

        @Schema(description = "Which one was changed", examples = "0197a000-0000-7000-8000-000000000501") @Nullable
        String subjectId,

        @Schema(
                description = "What was called when it was refused; what an operator did",
                examples = "PUT /api/v1/roles/{id}")
        @Nullable
        String operation,

        @Schema(description = "The code of the refusal", examples = "forbidden") @Nullable
        String code,

        Actor.Kind actorKind,

        @Schema(
                description = "The subject of the actor's token; null when there was no good one",
                examples = "0197a000-0000-7000-8000-000000000101")
        @Nullable
        String actorId,

        List<FieldChange> changes,

        @Schema(description = "How often it was refused between `occurredAt` and `lastAt`")
        int count,

        @Nullable UUID correlationId,
        Instant occurredAt,
        Instant lastAt) {

    /// How it ended.
    @Schema(name = "AuditOutcome")
    public enum Outcome {
        CHANGED,
        REFUSED
    }

    public AuditLine {
        changes = List.copyOf(changes);
    }
}
