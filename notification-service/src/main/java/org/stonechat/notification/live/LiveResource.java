package org.stonechat.notification.live;

import java.time.Instant;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;

import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;

import io.smallrye.common.annotation.RunOnVirtualThread;

/// The live stream.
@Path("/api/v1/live")
@RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.ANALYST})
@RunOnVirtualThread
@Tag(name = "live")
class LiveResource {

    private final LiveStreams streams;
    private final CurrentUser user;
    private final JsonWebToken token;

    LiveResource(LiveStreams streams, CurrentUser user, JsonWebToken token) {
        this.streams = streams;
        this.user = user;
        this.token = token;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(summary = "Follow every change I may see", description = """
                    Server-sent events. The first one is `ready`, or `reset` when what came after your last id is no longer
                    kept (read everything anew then). Reconnect with `Last-Event-ID`, to any replica: nothing is missed.
                    Events are named like the change (`TicketAssigned`, `StageChanged`, ...), `Notification` is for you
                    alone. They say which ticket and what kind of change, never anything personal. The stream ends when
                    your access token does.
                    """)
    @APIResponse(
            responseCode = "200",
            description = "The stream",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema =
                                    @Schema(
                                            type =
                                                    org.eclipse.microprofile.openapi.annotations.enums.SchemaType
                                                            .STRING),
                            examples = @ExampleObject(name = "assigned", value = """
                                                    event: TicketAssigned
                                                    id: 74211-1093
                                                    data: {"type":"TicketAssigned","number":10042,"sequence":2}
                                                    """)))
    public void followLive(
            @Parameter(description = "The `id` of the last event you have seen") @HeaderParam("Last-Event-ID") @Nullable
                    String lastEventId,
            @Context Sse sse,
            @Context SseEventSink sink) {
        boolean staff = user.hasRole(Roles.AGENT) || user.hasRole(Roles.LEAD) || user.hasRole(Roles.ADMIN);
        Viewer viewer = new Viewer(
                user.id(),
                user.allDepartments(),
                user.departments(),
                user.seesClosedTeams(),
                staff,
                Instant.ofEpochSecond(token.getExpirationTime()));
        streams.open(viewer, lastEventId, sse, sink);
    }
}
