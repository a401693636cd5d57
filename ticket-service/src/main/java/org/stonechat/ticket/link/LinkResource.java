package org.stonechat.ticket.link;

import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.stonechat.kit.rest.Idempotent;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.security.Roles;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/tickets/{id}/links")
@Tag(name = "tickets")
@RunOnVirtualThread
class LinkResource {

    private final Links links;

    LinkResource(Links links) {
        this.links = links;
    }

    @Schema(name = "TicketLinkRequest")
    record LinkRequest(@NotNull UUID ticketId) {}

    @POST
    @Idempotent
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "Link a ticket to another one that you see; the link shows on both")
    @APIResponse(responseCode = "200", description = "Linked, or it was before; all its links")
    public RestResponse<Page<LinkView>> linkTicket(@PathParam("id") UUID id, @NotNull @Valid LinkRequest request) {
        links.link(id, request.ticketId());
        return RestResponse.ok(new Page<>(links.of(id), null));
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(
            summary = "List what a ticket is linked to",
            description = "The closed ticket that it continues, and its own follow-ups, are among them.")
    public Page<LinkView> listLinks(@PathParam("id") UUID id) {
        return new Page<>(links.of(id), null);
    }

    @DELETE
    @Path("/{otherId}")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "Undo a link")
    @APIResponse(responseCode = "204", description = "Gone from both")
    public void unlinkTicket(@PathParam("id") UUID id, @PathParam("otherId") UUID otherId) {
        links.unlink(id, otherId);
    }
}
