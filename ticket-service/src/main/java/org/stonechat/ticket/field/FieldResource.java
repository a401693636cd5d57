package org.stonechat.ticket.field;

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
import org.stonechat.ticket.rights.Configuring;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/fields")
@Tag(name = "fields")
@RunOnVirtualThread
class FieldResource {

    private static final UUID LOWEST = new UUID(0, 0);

    private final Forms forms;
    private final FieldRepository repository;
    private final Configuring configuring;
    private final CurrentUser user;

    FieldResource(Forms forms, FieldRepository repository, Configuring configuring, CurrentUser user) {
        this.forms = forms;
        this.repository = repository;
        this.configuring = configuring;
        this.user = user;
    }

    @PUT
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN})
    @Operation(
            summary = "Set a custom field up or change it",
            description =
                    "Needs the right CONFIGURE in each of its departments. Code and kind stay for ever. Nothing that is changed or retired here changes a ticket.")
    @APIResponse(responseCode = "200", description = "Changed, or as it was before")
    @APIResponse(responseCode = "201", description = "Created")
    public RestResponse<FieldView> putField(@PathParam("id") UUID id, @NotNull @Valid FieldRequest request) {
        CustomField existing = repository.findById(id);
        if (existing != null) {
            requireSight(existing);
            configuring.requireChange(existing.departmentIds());
        }
        configuring.requireAll(request.properties().departmentIds());
        Forms.PutField put = forms.put(id, request.code(), request.kind(), request.properties());
        return RestResponse.ResponseBuilder.create(
                        put.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK,
                        FieldView.from(put.field()))
                .tag(ETags.of(put.field().version()))
                .build();
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.ANALYST, Roles.INTEGRATION})
    @Operation(summary = "Read a custom field")
    @APIResponse(responseCode = "200", description = "The field")
    public RestResponse<FieldView> getField(@PathParam("id") UUID id) {
        CustomField field = repository.findByIdOptional(id).orElseThrow(() -> ProblemException.notFound("field"));
        requireSight(field);
        return RestResponse.ResponseBuilder.ok(FieldView.from(field))
                .tag(ETags.of(field.version()))
                .build();
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.ANALYST, Roles.INTEGRATION})
    @Operation(summary = "List the custom fields of your departments by label, retired ones too")
    public RestResponse<Page<FieldView>> listFields(@BeanParam Paging paging, @Context UriInfo uri) {
        Cursor after = paging.after();
        int limit = paging.limit();
        List<CustomField> rows = repository.inOrder(
                user.allDepartments() ? null : user.departments(),
                limit + 1,
                after == null ? "" : after.text(0),
                after == null ? LOWEST : after.uuid(1));
        return Pages.respond(Page.of(rows, limit, FieldView::from, field -> Cursor.of(field.label(), field.id())), uri);
    }

    private void requireSight(CustomField field) {
        if (!field.departmentIds().isEmpty() && field.departmentIds().stream().noneMatch(user::inDepartment)) {
            throw ProblemException.notFound("field");
        }
    }
}
