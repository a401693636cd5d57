package org.stonechat.ticket.department;

import java.util.List;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/stages")
@Tag(name = "stages")
@RunOnVirtualThread
class StageResource {

    private final DepartmentRepository repository;
    private final CurrentUser user;

    StageResource(DepartmentRepository repository, CurrentUser user) {
        this.repository = repository;
        this.user = user;
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.ANALYST, Roles.INTEGRATION})
    @Operation(summary = "List the stages of a department's pipeline, in its order")
    public Page<StageView> listStages(@NotNull @QueryParam("department") UUID departmentId) {
        user.requireDepartment(departmentId, "department");
        Department department =
                repository.findByIdOptional(departmentId).orElseThrow(() -> ProblemException.notFound("department"));
        List<StageView> stages = department.stages().stream()
                .map(stage -> StageView.from(department, stage))
                .toList();
        return new Page<>(stages, null);
    }
}
