package org.stonechat.ticket.requester;

import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.rest.ETags;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.ticket.TicketReader;
import org.stonechat.ticket.ticket.TicketView;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/tickets/{id}/requester")
@Tag(name = "tickets")
@RunOnVirtualThread
class RequesterResource {

    private final Requesters requesters;
    private final TicketReader reader;

    RequesterResource(Requesters requesters, TicketReader reader) {
        this.requesters = requesters;
        this.reader = reader;
    }

    @PUT
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(
            summary = "Correct whose matter a ticket is",
            description = "A contact of your departments, or a name and an address by which one is found or made.")
    @APIResponse(responseCode = "200", description = "Changed")
    public RestResponse<TicketView> changeRequester(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @NotNull @Valid RequesterRequest request) {
        requesters.change(id, ifMatch, request);
        TicketView ticket = reader.changed(id);
        return RestResponse.ResponseBuilder.ok(ticket)
                .tag(ETags.of(ticket.version()))
                .build();
    }
}
