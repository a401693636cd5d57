package org.stonechat.ticket.field;

import java.util.List;
import java.util.Set;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
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
import org.jspecify.annotations.Nullable;
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

@Path("/api/v1/forms")
@Tag(name = "forms")
@RunOnVirtualThread
class FormResource {

    private static final UUID LOWEST = new UUID(0, 0);

    private final Forms forms;
    private final FieldRepository repository;
    private final Configuring configuring;
    private final CurrentUser user;

    FormResource(Forms forms, FieldRepository repository, Configuring configuring, CurrentUser user) {
        this.forms = forms;
        this.repository = repository;
        this.configuring = configuring;
        this.user = user;
    }

    @PUT
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN})
    @Operation(
            summary = "Set a form up or change it",
            description =
                    "Needs the right CONFIGURE. The form nearest to a ticket's department and type is the one that counts. It may extend"
                            + " another, whose fields come first; a field that stands on both is asked for as here.")
    @APIResponse(responseCode = "200", description = "Changed, or as it was before")
    @APIResponse(responseCode = "201", description = "Created")
    public RestResponse<FormView> putForm(@PathParam("id") UUID id, @NotNull @Valid FormRequest request) {
        repository.form(id).ifPresent(this::requireMayChange);
        configuring.requireAll(scope(request.departmentId()));
        Forms.PutForm put = forms.put(id, request.properties());
        return RestResponse.ResponseBuilder.create(
                        put.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK, FormView.from(put.form()))
                .tag(ETags.of(put.form().version()))
                .build();
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.ANALYST, Roles.INTEGRATION})
    @Operation(summary = "Read a form, without the fields of the form it extends")
    @APIResponse(responseCode = "200", description = "The form")
    public RestResponse<FormView> getForm(@PathParam("id") UUID id) {
        Form form = repository.form(id).orElseThrow(() -> ProblemException.notFound("form"));
        requireSight(form.departmentId());
        return RestResponse.ResponseBuilder.ok(FormView.from(form))
                .tag(ETags.of(form.version()))
                .build();
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN})
    @Operation(
            summary = "Remove a form",
            description = "Needs the right CONFIGURE. Tickets keep what was entered on it.")
    @APIResponse(responseCode = "204", description = "Removed")
    public void deleteForm(@PathParam("id") UUID id) {
        Form form = repository.form(id).orElseThrow(() -> ProblemException.notFound("form"));
        requireMayChange(form);
        forms.delete(id);
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.ANALYST, Roles.INTEGRATION})
    @Operation(summary = "List the forms of your departments, by name")
    public RestResponse<Page<FormView>> listForms(@BeanParam Paging paging, @Context UriInfo uri) {
        Cursor after = paging.after();
        int limit = paging.limit();
        List<Form> rows = repository.formsInOrder(
                user.allDepartments() ? null : user.departments(),
                limit + 1,
                after == null ? "" : after.text(0),
                after == null ? LOWEST : after.uuid(1));
        return Pages.respond(Page.of(rows, limit, FormView::from, form -> Cursor.of(form.name(), form.id())), uri);
    }

    private void requireMayChange(Form form) {
        requireSight(form.departmentId());
        configuring.requireChange(scope(form.departmentId()));
    }

    private static Set<UUID> scope(@Nullable UUID departmentId) {
        return departmentId == null ? Set.of() : Set.of(departmentId);
    }

    private void requireSight(@Nullable UUID departmentId) {
        if (departmentId != null) {
            user.requireDepartment(departmentId, "form");
        }
    }
}
