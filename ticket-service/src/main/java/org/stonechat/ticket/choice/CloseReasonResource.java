package org.stonechat.ticket.choice;

import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.security.Roles;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/close-reasons")
@Tag(name = "close-reasons")
@RunOnVirtualThread
class CloseReasonResource {

    private final ChoiceDesk desk;

    CloseReasonResource(ChoiceDesk desk) {
        this.desk = desk;
    }

    @PUT
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN})
    @Operation(
            summary = "Set a close reason of a department up or change it",
            description =
                    "Needs the right CONFIGURE. Tickets name it by its name. A department without its own takes any.")
    @APIResponse(responseCode = "200", description = "Changed, or as it was before")
    @APIResponse(responseCode = "201", description = "Created")
    public RestResponse<ChoiceView> putCloseReason(@PathParam("id") UUID id, @NotNull @Valid ChoiceRequest request) {
        return desk.put(Choice.Kind.CLOSE_REASON, id, request);
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.ANALYST, Roles.INTEGRATION})
    @Operation(summary = "Read a close reason")
    @APIResponse(responseCode = "200", description = "It")
    public RestResponse<ChoiceView> getCloseReason(@PathParam("id") UUID id) {
        return desk.read(Choice.Kind.CLOSE_REASON, id);
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.ANALYST, Roles.INTEGRATION})
    @Operation(summary = "List what a department has of them, retired ones too, in their order")
    public Page<ChoiceView> listCloseReasons(@NotNull @QueryParam("department") UUID departmentId) {
        return desk.list(Choice.Kind.CLOSE_REASON, departmentId);
    }
}
