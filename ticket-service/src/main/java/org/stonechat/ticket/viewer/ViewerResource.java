package org.stonechat.ticket.viewer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;

import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Uuid7;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.ticket.TicketAccess;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/tickets/{id}")
@Tag(name = "tickets")
@RunOnVirtualThread
class ViewerResource {

    private final ViewerTable table;
    private final ViewerStreams streams;
    private final ViewerConfig config;
    private final TicketAccess access;
    private final CurrentUser user;
    private final JsonWebToken token;

    ViewerResource(
            ViewerTable table,
            ViewerStreams streams,
            ViewerConfig config,
            TicketAccess access,
            CurrentUser user,
            JsonWebToken token) {
        this.table = table;
        this.streams = streams;
        this.config = config;
        this.access = access;
        this.user = user;
        this.token = token;
    }

    @Schema(name = "TicketPresenceRequest")
    record PresenceRequest(@NotNull Viewer.Doing state) {}

    @Schema(name = "TicketViewers")
    record Viewers(
            @Schema(description = "Everybody else who has the ticket open")
            List<Viewer> viewers,

            @Schema(description = "Until then what you have said holds; say it again before. Null when you asked only")
            @Nullable
            Instant until) {}

    @GET
    @Path("/live")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN})
    @Operation(summary = "Follow who else has a ticket open", description = """
                    Server-sent events. While the stream is open, others see that you have the ticket open; when it ends,
                    they see within seconds that you have left. Each `viewers` event is the whole list, without
                    yourself, and the first one comes at once. The stream ends when your access token does.
                    """)
    @APIResponse(
            responseCode = "200",
            description = "The stream",
            content =
                    @Content(
                            mediaType = MediaType.SERVER_SENT_EVENTS,
                            schema = @Schema(type = SchemaType.STRING),
                            examples = @ExampleObject(name = "typing", value = """
                                                    event: viewers
                                                    data: {"viewers":[{"name":"Lena","state":"TYPING"}]}
                                                    """)))
    public void followTicket(@PathParam("id") UUID id, @Context Sse sse, @Context SseEventSink sink) {
        UUID ticketId = access.read(id).id();
        streams.open(
                new ViewerTable.Session(Uuid7.next(), ticketId, user.id(), user.name()),
                Instant.ofEpochSecond(token.getExpirationTime()),
                sse,
                sink);
    }

    @GET
    @Path("/presence")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN})
    @Operation(summary = "Read who else has a ticket open")
    public Viewers getPresence(@PathParam("id") UUID id) {
        return answer(access.read(id).id(), null);
    }

    @POST
    @Path("/presence")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN})
    @Operation(
            summary = "Say that you have a ticket open, or type in it",
            description = "Say TYPING every few seconds while you do. A window with a live stream need not say VIEWING;"
                    + " one without says it again before `until`.")
    @APIResponse(responseCode = "200", description = "Noted; who else is there")
    public Viewers sayPresence(@PathParam("id") UUID id, @NotNull @Valid PresenceRequest request) {
        UUID ticketId = access.read(id).id();
        boolean typing = request.state() == Viewer.Doing.TYPING;
        Duration lease = typing ? config.typingLease() : config.viewingLease();
        Instant until = table.beThere(session(ticketId), typing, lease);
        return answer(ticketId, until);
    }

    @DELETE
    @Path("/presence")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN})
    @Operation(
            summary = "Say that you have left a ticket",
            description = "Takes back what you said yourself; an open live stream speaks for itself.")
    @APIResponse(responseCode = "204", description = "Noted")
    public void leavePresence(@PathParam("id") UUID id) {
        table.leave(session(access.read(id).id()).id());
    }

    private Viewers answer(UUID ticketId, @Nullable Instant until) {
        return new Viewers(table.others(ticketId, user.id()), until);
    }

    /// What somebody says without a stream holds for the person, whichever window says it.
    private ViewerTable.Session session(UUID ticketId) {
        UUID agentId = user.id();
        UUID id = UUID.nameUUIDFromBytes(("viewer " + ticketId + " " + agentId).getBytes(StandardCharsets.UTF_8));
        return new ViewerTable.Session(id, ticketId, agentId, user.name());
    }
}
