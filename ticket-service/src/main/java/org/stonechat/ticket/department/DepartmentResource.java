package org.stonechat.ticket.department;

import java.util.List;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.kit.rest.ETags;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.rest.Pages;
import org.stonechat.kit.rest.Paging;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/departments")
@Tag(name = "departments")
@RunOnVirtualThread
class DepartmentResource {

    private static final UUID LOWEST = new UUID(0, 0);

    private final Departments departments;
    private final DepartmentRepository repository;
    private final CurrentUser user;

    DepartmentResource(Departments departments, DepartmentRepository repository, CurrentUser user) {
        this.departments = departments;
        this.repository = repository;
        this.user = user;
    }

    @PUT
    @Path("/{id}")
    @RolesAllowed(Roles.ADMIN)
    @Operation(
            summary = "Set a department up or change it",
            description = "A new department gets the usual pipeline of stages, and a group in Keycloak shortly after.")
    @APIResponse(responseCode = "200", description = "Changed, or as it was before")
    @APIResponse(responseCode = "201", description = "Created")
    public RestResponse<DepartmentView> putDepartment(
            @PathParam("id") UUID id, @NotNull @Valid DepartmentRequest request) {
        user.requireDepartment(id, "department");
        Departments.Put put = departments.put(id, request.properties());
        return RestResponse.ResponseBuilder.create(
                        put.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK,
                        DepartmentView.from(put.department()))
                .tag(ETags.of(put.department().version()))
                .build();
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.ANALYST, Roles.INTEGRATION})
    @Operation(summary = "Read a department")
    @APIResponse(responseCode = "200", description = "The department")
    public RestResponse<DepartmentView> getDepartment(@PathParam("id") UUID id) {
        user.requireDepartment(id, "department");
        Department department =
                repository.findByIdOptional(id).orElseThrow(() -> ProblemException.notFound("department"));
        return RestResponse.ResponseBuilder.ok(DepartmentView.from(department))
                .tag(ETags.of(department.version()))
                .build();
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.ANALYST, Roles.INTEGRATION})
    @Operation(summary = "List the departments you may see, by name")
    public RestResponse<Page<DepartmentView>> listDepartments(@BeanParam Paging paging, @Context UriInfo uri) {
        Cursor after = paging.after();
        String name = after == null ? "" : after.text(0);
        UUID id = after == null ? LOWEST : after.uuid(1);
        int limit = paging.limit();
        List<Department> rows = user.allDepartments()
                ? repository.inOrder(limit + 1, name, id)
                : repository.inOrder(user.departments(), limit + 1, name, id);
        return Pages.respond(Page.of(rows, limit, DepartmentView::from, row -> Cursor.of(row.name(), row.id())), uri);
    }
}
