package org.stonechat.ticket.rights;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.ETags;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.security.Roles;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/roles")
@Tag(name = "roles")
@RunOnVirtualThread
class RoleResource {

    private static final String CODE = "[a-z][a-z0-9-]{1,49}";

    private final RoleDefining defining;

    RoleResource(RoleDefining defining) {
        this.defining = defining;
    }

    @PUT
    @Path("/{code}")
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            summary = "Define a role, or change what a built-in one may do",
            description = "The code is that of a Keycloak realm role. Make that a composite of its kind, so that the"
                    + " other services admit it; its rights here are those of the definition alone.")
    @APIResponse(responseCode = "200", description = "Changed, or as it was before")
    @APIResponse(responseCode = "201", description = "Defined")
    public RestResponse<RoleView> putRole(
            @PathParam("code") @Pattern(regexp = CODE) String code, @NotNull @Valid RoleRequest request) {
        RoleDefining.Put put = defining.put(code, request);
        return RestResponse.ResponseBuilder.create(
                        put.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK, RoleView.from(put.role()))
                .tag(ETags.of(put.role().version()))
                .build();
    }

    @GET
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "List all roles and what each may do")
    public Page<RoleView> listRoles() {
        return new Page<>(defining.list(), null);
    }

    @GET
    @Path("/{code}")
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Read a role and what it may do")
    public RoleView getRole(@PathParam("code") @Pattern(regexp = CODE) String code) {
        return defining.list().stream()
                .filter(role -> role.code().equals(code))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("role"));
    }

    @DELETE
    @Path("/{code}")
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            summary = "Take the definition of a role back",
            description = "Whoever has only this role may do nothing any more; a built-in role is as usual again.")
    @APIResponse(responseCode = "204", description = "Gone")
    public void deleteRole(@PathParam("code") @Pattern(regexp = CODE) String code) {
        defining.delete(code);
    }
}
