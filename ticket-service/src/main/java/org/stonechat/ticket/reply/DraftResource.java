package org.stonechat.ticket.reply;

import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.ETags;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.draft.DraftView;
import org.stonechat.ticket.draft.Drafts;
import org.stonechat.ticket.ticket.TicketAccess;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/tickets/{id}/draft")
@Tag(name = "tickets")
@RunOnVirtualThread
class DraftResource {

    private final Drafts drafts;
    private final TicketAccess access;
    private final CurrentUser user;

    DraftResource(Drafts drafts, TicketAccess access, CurrentUser user) {
        this.drafts = drafts;
        this.access = access;
        this.user = user;
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN})
    @Operation(
            summary = "Read what you are writing on a ticket",
            description = "Yours alone. `returned` says why a reply that had been sent is a draft again.")
    @APIResponse(responseCode = "200", description = "The draft")
    public RestResponse<DraftView> getDraft(@PathParam("id") UUID id) {
        DraftView draft =
                drafts.find(user.id(), access.read(id).id()).orElseThrow(() -> ProblemException.notFound("draft"));
        return RestResponse.ResponseBuilder.ok(draft)
                .tag(ETags.of(draft.version()))
                .build();
    }

    @PUT
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN})
    @Operation(
            summary = "Keep what you are writing on a ticket",
            description = "A draft that stands already needs If-Match: another window of yours may have changed it.")
    @APIResponse(responseCode = "200", description = "Kept")
    @APIResponse(responseCode = "201", description = "Begun")
    public RestResponse<DraftView> putDraft(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @NotNull @Valid DraftRequest request) {
        Drafts.Put put = drafts.put(user.id(), access.read(id).id(), ifMatch, request.content());
        return RestResponse.ResponseBuilder.create(
                        put.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK, put.draft())
                .tag(ETags.of(put.draft().version()))
                .build();
    }

    @DELETE
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN})
    @Operation(summary = "Throw away what you were writing on a ticket")
    @APIResponse(responseCode = "204", description = "Gone")
    public void deleteDraft(@PathParam("id") UUID id, @HeaderParam("If-Match") @Nullable String ifMatch) {
        if (!drafts.discard(user.id(), access.read(id).id(), ifMatch)) {
            throw ProblemException.notFound("draft");
        }
    }
}
