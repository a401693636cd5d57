package org.stonechat.ticket.ticket;

import java.net.URI;
import java.util.Map;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.rest.ETags;
import org.stonechat.kit.rest.Idempotent;
import org.stonechat.kit.rest.MergePatch;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.event.Priority;
import org.stonechat.ticket.field.FieldValue;

import com.fasterxml.jackson.databind.JsonNode;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/tickets")
@Tag(name = "tickets")
@RunOnVirtualThread
class TicketResource {

    private final TicketCreation creation;
    private final TicketChanges changes;
    private final TicketReader reader;

    TicketResource(TicketCreation creation, TicketChanges changes, TicketReader reader) {
        this.creation = creation;
        this.changes = changes;
        this.reader = reader;
    }

    /// The fields of a merge patch, for the API's description alone.
    @Schema(name = "TicketPatch")
    record TicketPatch(
            String subject,
            String category,
            @Nullable UUID typeId,
            @Nullable UUID queueId,
            java.util.List<String> rootCauses,
            Priority priority,
            java.util.List<String> tags,
            boolean escalated,
            @Nullable UUID teamId,
            java.time.@Nullable Instant dueAt,

            @Schema(
                    type = SchemaType.OBJECT,
                    additionalProperties = FieldValue.Change.class,
                    description = "Custom fields by their code; null empties one, those left out stay")
            Map<String, Object> fields,

            UUID stageId) {}

    @POST
    @Idempotent
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(
            summary = "Open a ticket",
            description = "Department, contact and subject suffice. The contact is found by the mail address or made.")
    @APIResponse(responseCode = "201", description = "Opened")
    @APIResponse(responseCode = "200", description = "Your external id had opened it before")
    public RestResponse<TicketView> createTicket(@NotNull @Valid TicketRequest request) {
        TicketCreation.Created created = creation.create(request);
        return RestResponse.ResponseBuilder.create(
                        created.existed() ? RestResponse.Status.OK : RestResponse.Status.CREATED, created.ticket())
                .location(URI.create("/api/v1/tickets/" + created.ticket().id()))
                .tag(ETags.of(created.ticket().version()))
                .build();
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "Read a ticket, with its review, its rating and where it can go")
    @APIResponse(responseCode = "200", description = "The ticket")
    public RestResponse<TicketView> getTicket(@PathParam("id") UUID id) {
        return answer(reader.read(id));
    }

    @PATCH
    @Path("/{id}")
    @Consumes(MergePatch.MEDIA_TYPE)
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(
            summary = "Change properties of a ticket",
            description = "A JSON Merge Patch to the version named in If-Match. `stageId` moves it along its pipeline.")
    @RequestBody(
            content = @Content(mediaType = MergePatch.MEDIA_TYPE, schema = @Schema(implementation = TicketPatch.class)))
    @APIResponse(responseCode = "200", description = "Changed")
    public RestResponse<TicketView> patchTicket(
            @PathParam("id") UUID id,
            @Parameter(required = true) @HeaderParam("If-Match") @Nullable String ifMatch,
            JsonNode patch) {
        changes.patch(id, ifMatch, patch);
        return answer(reader.changed(id));
    }

    @PUT
    @Path("/{id}/assignment")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "Give a ticket to an agent, a team, or nobody")
    @APIResponse(responseCode = "200", description = "Assigned")
    public RestResponse<TicketView> assignTicket(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @NotNull @Valid AssignmentRequest request) {
        changes.assign(id, ifMatch, request.agentId(), request.teamId());
        return answer(reader.changed(id));
    }

    @POST
    @Idempotent
    @Path("/{id}/closure")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(summary = "Solve or close a ticket, with an explanation or without")
    @APIResponse(responseCode = "200", description = "Solved or closed")
    public RestResponse<TicketView> closeTicket(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @NotNull @Valid ClosureRequest request) {
        changes.fold(id, ifMatch, request.closure());
        return answer(reader.changed(id));
    }

    private static RestResponse<TicketView> answer(TicketView ticket) {
        return RestResponse.ResponseBuilder.ok(ticket)
                .tag(ETags.of(ticket.version()))
                .build();
    }
}
