package org.stonechat.ticket.pipeline;

import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.department.Pipelines;
import org.stonechat.ticket.department.StageView;
import org.stonechat.ticket.rights.Configuring;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/departments/{id}/stages")
@Tag(name = "stages")
@RunOnVirtualThread
class PipelineResource {

    private final Pipelines pipelines;
    private final DepartmentRepository departments;
    private final Configuring configuring;
    private final CurrentUser user;

    PipelineResource(Pipelines pipelines, DepartmentRepository departments, Configuring configuring, CurrentUser user) {
        this.pipelines = pipelines;
        this.departments = departments;
        this.configuring = configuring;
        this.user = user;
    }

    @PUT
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN})
    @Operation(
            summary = "Lay a department's pipeline of stages",
            description =
                    "Needs the right CONFIGURE. A stage that is left out is retired: its tickets keep it, or are"
                            + " moved as `moves` says, shortly after. Without a SOLVED stage, solving leads to the close stage.")
    @APIResponse(responseCode = "200", description = "Laid, or as it was before")
    public Page<StageView> putPipeline(@PathParam("id") UUID id, @NotNull @Valid PipelineRequest request) {
        user.requireDepartment(id, "department");
        if (departments.findByIdOptional(id).isEmpty()) {
            throw ProblemException.notFound("department");
        }
        configuring.require(id);
        Department department = pipelines.lay(
                id,
                request.stages().stream()
                        .map(PipelineRequest.StageRequest::draft)
                        .toList(),
                request.moves() == null ? Map.of() : request.moves());
        return page(department, true);
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.ANALYST, Roles.INTEGRATION})
    @Operation(summary = "Read a department's pipeline of stages, in its order")
    public Page<StageView> getPipeline(
            @PathParam("id") UUID id, @QueryParam("retired") @DefaultValue("false") boolean retired) {
        user.requireDepartment(id, "department");
        return page(
                departments.findByIdOptional(id).orElseThrow(() -> ProblemException.notFound("department")), retired);
    }

    private static Page<StageView> page(Department department, boolean retired) {
        return new Page<>(
                Stream.concat(
                                department.stages().stream(),
                                retired ? department.retiredStages().stream() : Stream.empty())
                        .map(stage -> StageView.from(department, stage))
                        .toList(),
                null);
    }
}
