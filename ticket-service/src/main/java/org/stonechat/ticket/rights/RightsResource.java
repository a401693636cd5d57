package org.stonechat.ticket.rights;

import java.util.List;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.department.DepartmentRepository;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/departments/{id}/rights")
@Tag(name = "departments")
@RunOnVirtualThread
class RightsResource {

    private final Rights rights;
    private final DepartmentRepository departments;
    private final CurrentUser user;

    RightsResource(Rights rights, DepartmentRepository departments, CurrentUser user) {
        this.rights = rights;
        this.departments = departments;
        this.user = user;
    }

    @Schema(name = "OwnRights")
    record OwnRights(UUID departmentId, List<Right> rights) {}

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.ANALYST, Roles.INTEGRATION})
    @Operation(summary = "Read what you may do in a department of yours")
    public OwnRights readRights(@PathParam("id") UUID id) {
        user.requireDepartment(id, "department");
        return new OwnRights(
                id,
                rights
                        .in(departments.findByIdOptional(id).orElseThrow(() -> ProblemException.notFound("department")))
                        .stream()
                        .sorted()
                        .toList());
    }
}
