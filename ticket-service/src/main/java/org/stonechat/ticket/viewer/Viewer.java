package org.stonechat.ticket.viewer;

import java.time.Instant;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/// Somebody who has the ticket open, in however many windows.
@Schema(name = "Viewer")
record Viewer(
        UUID agentId,
        String name,

        @Schema(description = "TYPING while they write, else VIEWING")
        Doing state,

        Instant since) {

    @Schema(name = "ViewerState")
    enum Doing {
        VIEWING,
        TYPING
    }
}
