package org.stonechat.ticket.merge;

import java.net.URI;
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
import org.stonechat.kit.rest.ETags;
import org.stonechat.kit.rest.Idempotent;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.ticket.TicketReader;
import org.stonechat.ticket.ticket.TicketView;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/tickets/{id}")
@Tag(name = "tickets")
@RunOnVirtualThread
class MergeResource {

    private final Merging merging;
    private final Splitting splitting;
    private final TicketReader reader;

    MergeResource(Merging merging, Splitting splitting, TicketReader reader) {
        this.merging = merging;
        this.splitting = splitting;
        this.reader = reader;
    }

    @Schema(name = "MergeTicketRequest")
    record MergeTicketRequest(
            @NotNull @Schema(description = "The ticket that stays")
            UUID into) {}

    @POST
    @Idempotent
    @Path("/merge")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(
            summary = "Merge a ticket into another one",
            description =
                    "It becomes an alias: whoever asks for it, or writes to it, reaches the other, which shows both"
                            + " conversations as one. `DELETE` undoes it.")
    @APIResponse(responseCode = "200", description = "The ticket that stays")
    public RestResponse<TicketView> mergeTicket(@PathParam("id") UUID id, @NotNull @Valid MergeTicketRequest request) {
        return answer(reader.read(merging.merge(id, request.into())));
    }

    @DELETE
    @Path("/merge")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(
            summary = "Undo a merge: the alias is a ticket of its own again",
            description = "It is as it was before. Messages that came after the merge stay with the other ticket.")
    @APIResponse(responseCode = "200", description = "The ticket that was an alias")
    public RestResponse<TicketView> undoTicketMerge(@PathParam("id") UUID id) {
        merging.undo(id);
        return answer(reader.read(id));
    }

    @GET
    @Path("/family")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "Read what was merged into a ticket, what it was split off, and what was split off it")
    @APIResponse(responseCode = "200", description = "Its family")
    public FamilyView getFamily(@PathParam("id") UUID id) {
        return merging.family(id);
    }

    @POST
    @Idempotent
    @Path("/split")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(
            summary = "Make a ticket of its own of some messages",
            description = "They are copied with their files; the conversation they come from stays whole.")
    @APIResponse(responseCode = "201", description = "The new ticket")
    public RestResponse<TicketView> splitTicket(@PathParam("id") UUID id, @NotNull @Valid SplitRequest request) {
        TicketView made = reader.read(splitting.split(id, request));
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, made)
                .location(URI.create("/api/v1/tickets/" + made.id()))
                .tag(ETags.of(made.version()))
                .build();
    }

    private static RestResponse<TicketView> answer(TicketView ticket) {
        return RestResponse.ResponseBuilder.ok(ticket)
                .tag(ETags.of(ticket.version()))
                .build();
    }
}
