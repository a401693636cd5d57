package org.stonechat.ticket.postponement;

import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.rest.ETags;
import org.stonechat.kit.rest.Idempotent;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.ticket.TicketReader;
import org.stonechat.ticket.ticket.TicketView;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/tickets/{id}/postponement")
@Tag(name = "tickets")
@RunOnVirtualThread
class PostponementResource {

    private final Postponements postponements;
    private final TicketReader reader;

    PostponementResource(Postponements postponements, TicketReader reader) {
        this.postponements = postponements;
        this.reader = reader;
    }

    @POST
    @Idempotent
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(
            summary = "Put the due date of a ticket off",
            description = "By hours, days, weeks or months, counted from the due date (from now when it has passed or"
                    + " there is none) on the department's clock; or until a moment.")
    @APIResponse(responseCode = "200", description = "Postponed")
    public RestResponse<TicketView> postponeTicket(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @NotNull @Valid PostponementRequest request) {
        postponements.postpone(id, ifMatch, request);
        TicketView ticket = reader.changed(id);
        return RestResponse.ResponseBuilder.ok(ticket)
                .tag(ETags.of(ticket.version()))
                .build();
    }
}
