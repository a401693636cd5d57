package org.stonechat.notification.presence;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;

import io.smallrye.common.annotation.RunOnVirtualThread;

/// What an agent says of being there himself.
@Path("/api/v1/live/presence")
@RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN})
@RunOnVirtualThread
@Tag(name = "live")
class PresenceResource {

    private final Presence presence;
    private final CurrentUser user;

    PresenceResource(Presence presence, CurrentUser user) {
        this.presence = presence;
        this.user = user;
    }

    @Schema(name = "OwnPresenceRequest")
    record OwnPresenceRequest(@NotNull Said state) {}

    @Schema(name = "OwnPresence")
    record OwnPresence(AgentPresence.State state) {}

    @Schema(name = "OwnPresenceState")
    enum Said {
        ONLINE,
        AWAY
    }

    @PUT
    @Operation(
            summary = "Say that you step away, or are back",
            description = "It counts for as long as you have a live stream open; without one you are offline, whatever"
                    + " you say.")
    @APIResponse(responseCode = "200", description = "What you are now")
    public OwnPresence putPresence(@NotNull @Valid OwnPresenceRequest request) {
        return new OwnPresence(presence.stepAway(user.id(), request.state() == Said.AWAY));
    }
}
