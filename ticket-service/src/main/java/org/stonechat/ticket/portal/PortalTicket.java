package org.stonechat.ticket.portal;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(name = "PortalTicket")
record PortalTicket(
        UUID id,

        @Schema(description = "To be read aloud", examples = "10001")
        long number,

        String subject,
        PortalState state,
        PortalPlace department,

        @Schema(description = "Only a team that customers may know of") @Nullable
        PortalPlace team,

        Instant createdAt,

        @Schema(description = "When something was last said") @Nullable
        Instant lastMessageAt,

        @Schema(description = "The closed ticket that this one continues") @Nullable
        UUID followUpOf) {

    @Schema(name = "PortalPlace")
    record PortalPlace(UUID id, String name) {}
}
