package org.stonechat.ticket.history;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Actor;

import com.fasterxml.jackson.databind.JsonNode;

@Schema(name = "HistoryEntry")
record HistoryEntry(
        UUID id,
        long sequence,

        @Schema(description = "What happened", examples = "StageChanged")
        String type,

        Instant at,

        @Schema(description = "Who did it: a person, a mail, a rule, a review, or the system")
        Actor actor,

        @Schema(
                implementation = Object.class,
                type = SchemaType.OBJECT,
                additionalProperties = Schema.True.class,
                description = "What changed: usually `from` and `to`, and whatever else belongs to it")
        JsonNode details,

        @Schema(description = "The event it followed from; null when it came from outside") @Nullable
        UUID causationId,

        @Schema(description = "The same for everything one call or mail set off")
        UUID correlationId,

        @Schema(description = "What it followed from, if that happened to a ticket or contact here") @Nullable
        String causedBy,

        @Schema(description = "The chain of causes: what it followed from, then what that followed from, and so on")
        List<Link> causes) {

    @Schema(name = "HistoryCause")
    record Link(
            UUID eventId,

            @Schema(description = "What happened; null for an event of another service, where the chain ends") @Nullable
            String type,

            @Schema(description = "Its place in this history; null when it happened elsewhere") @Nullable
            Long sequence,

            @Nullable Instant at,
            @Nullable Actor actor) {}

    HistoryEntry causedBy(List<Link> chain) {
        return new HistoryEntry(id, sequence, type, at, actor, details, causationId, correlationId, causedBy, chain);
    }
}
