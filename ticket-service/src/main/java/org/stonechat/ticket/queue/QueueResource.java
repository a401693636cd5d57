package org.stonechat.ticket.queue;

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
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.ETags;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.rights.Configuring;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/queues")
@Tag(name = "queues")
@RunOnVirtualThread
class QueueResource {

    private final Queues queues;
    private final Configuring configuring;
    private final CurrentUser user;

    QueueResource(Queues queues, Configuring configuring, CurrentUser user) {
        this.queues = queues;
        this.configuring = configuring;
        this.user = user;
    }

    @PUT
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN})
    @Operation(
            summary = "Set a queue of a department up or change it",
            description = "Needs the right CONFIGURE. A retired queue keeps the tickets that stand in it.")
    @APIResponse(responseCode = "200", description = "Changed, or as it was before")
    @APIResponse(responseCode = "201", description = "Created")
    public RestResponse<QueueView> putQueue(@PathParam("id") UUID id, @NotNull @Valid QueueRequest request) {
        configuring.require(request.departmentId());
        queues.find(id).ifPresent(existing -> user.requireDepartment(existing.departmentId(), "queue"));
        Queues.Put put = queues.put(id, request.departmentId(), request.properties());
        return RestResponse.ResponseBuilder.create(
                        put.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK,
                        QueueView.from(put.queue()))
                .tag(ETags.of(put.queue().version()))
                .build();
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.ANALYST, Roles.INTEGRATION})
    @Operation(summary = "Read a queue")
    @APIResponse(responseCode = "200", description = "The queue")
    public RestResponse<QueueView> getQueue(@PathParam("id") UUID id) {
        Queue queue = queues.find(id).orElseThrow(() -> ProblemException.notFound("queue"));
        user.requireDepartment(queue.departmentId(), "queue");
        return RestResponse.ResponseBuilder.ok(QueueView.from(queue))
                .tag(ETags.of(queue.version()))
                .build();
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.ANALYST, Roles.INTEGRATION})
    @Operation(summary = "List the queues of a department, retired ones too, in their order")
    public Page<QueueView> listQueues(@NotNull @QueryParam("department") UUID departmentId) {
        user.requireDepartment(departmentId, "department");
        return new Page<>(
                queues.ofDepartment(departmentId).stream().map(QueueView::from).toList(), null);
    }
}
