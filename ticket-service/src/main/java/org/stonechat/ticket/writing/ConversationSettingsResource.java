package org.stonechat.ticket.writing;

import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.ETags;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.department.DepartmentRepository;
import org.stonechat.ticket.profile.SignatureRequest;
import org.stonechat.ticket.rights.Configuring;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/departments/{id}/conversation-settings")
@Tag(name = "departments")
@RunOnVirtualThread
class ConversationSettingsResource {

    private final Writing writing;
    private final DepartmentRepository departments;
    private final Configuring configuring;
    private final CurrentUser user;

    ConversationSettingsResource(
            Writing writing, DepartmentRepository departments, Configuring configuring, CurrentUser user) {
        this.writing = writing;
        this.departments = departments;
        this.configuring = configuring;
        this.user = user;
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN})
    @Operation(summary = "Read how long a department's replies can be withdrawn, and its signature")
    @APIResponse(responseCode = "200", description = "The settings")
    public RestResponse<ConversationSettingsView> getConversationSettings(@PathParam("id") UUID id) {
        requireSight(id);
        return answer(id, writing.settings(id));
    }

    @PUT
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN})
    @Operation(
            summary = "Set how long a department's replies can be withdrawn, and its signature",
            description = "Needs the right CONFIGURE.")
    @APIResponse(responseCode = "200", description = "Set")
    public RestResponse<ConversationSettingsView> putConversationSettings(
            @PathParam("id") UUID id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @NotNull @Valid ConversationSettingsRequest request) {
        requireSight(id);
        configuring.require(id);
        return answer(id, writing.set(id, ifMatch, request.undo(), SignatureRequest.of(request.signature())));
    }

    private void requireSight(UUID id) {
        user.requireDepartment(id, "department");
        if (departments.findByIdOptional(id).isEmpty()) {
            throw ProblemException.notFound("department");
        }
    }

    private static RestResponse<ConversationSettingsView> answer(UUID id, ConversationSettings settings) {
        return RestResponse.ResponseBuilder.ok(ConversationSettingsView.from(id, settings))
                .tag(ETags.of(settings.version()))
                .build();
    }
}
