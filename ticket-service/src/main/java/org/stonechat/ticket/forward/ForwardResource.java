package org.stonechat.ticket.forward;

import java.net.URI;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.stonechat.kit.rest.Idempotent;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.conversation.Body;
import org.stonechat.ticket.conversation.MessageView;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/tickets/{id}/forwards")
@Tag(name = "tickets")
@RunOnVirtualThread
class ForwardResource {

    private final Forwards forwards;

    ForwardResource(Forwards forwards) {
        this.forwards = forwards;
    }

    @POST
    @Idempotent
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.INTEGRATION})
    @Operation(
            summary = "Send a ticket on by mail, to addresses, people or everybody with a role",
            description = "The ticket's details always go along; review, history and comments as chosen. It answers"
                    + " nothing and moves nothing. What comes back from somebody who takes no other part becomes an"
                    + " internal comment.")
    @APIResponse(responseCode = "201", description = "In the conversation; `delivery` tells what becomes of it")
    public RestResponse<MessageView> forwardTicket(@PathParam("id") UUID id, @NotNull @Valid ForwardRequest request) {
        Body body = forwards.write(id, request);
        MessageView written = forwards.send(id, request, body);
        return RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, written)
                .location(URI.create("/api/v1/tickets/" + id + "/messages/" + written.id()))
                .build();
    }
}
