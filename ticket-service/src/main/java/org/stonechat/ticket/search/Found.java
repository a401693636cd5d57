package org.stonechat.ticket.search;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.stonechat.ticket.view.TicketRow;

/// A ticket that was found.
@Schema(name = "SearchHit")
record Found(
        TicketRow ticket,

        @Schema(description = "How well it fits; the higher the better")
        int score,

        @Schema(description = "True: not by the words as they were written, but by similar names or numbers")
        boolean similar) {}
