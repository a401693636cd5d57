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

@Path("/api/v1/categories")
@Tag(name = "categories")
@RunOnVirtualThread
class CategoryResource {

    private final ChoiceDesk desk;

    CategoryResource(ChoiceDesk desk) {
        this.desk = desk;
    }

    @PUT
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN})
    @Operation(
            summary = "Set a category of a department up or change it",
            description =
                    "Needs the right CONFIGURE. Tickets name it by its name. Every department has `Other`; one without its own takes any.")
    @APIResponse(responseCode = "200", description = "Changed, or as it was before")
    @APIResponse(responseCode = "201", description = "Created")
    public RestResponse<ChoiceView> putCategory(@PathParam("id") UUID id, @NotNull @Valid ChoiceRequest request) {
        return desk.put(Choice.Kind.CATEGORY, id, request);
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.ANALYST, Roles.INTEGRATION})
    @Operation(summary = "Read a category")
    @APIResponse(responseCode = "200", description = "It")
    public RestResponse<ChoiceView> getCategory(@PathParam("id") UUID id) {
        return desk.read(Choice.Kind.CATEGORY, id);
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.ANALYST, Roles.INTEGRATION})
    @Operation(summary = "List what a department has of them, retired ones too, in their order")
    public Page<ChoiceView> listCategories(@NotNull @QueryParam("department") UUID departmentId) {
        return desk.list(Choice.Kind.CATEGORY, departmentId);
    }
}
