package org.stonechat.ticket.profile;

import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.rest.ETags;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.agent.AgentRepository;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/agents/me/profile")
@Tag(name = "agents")
@RunOnVirtualThread
class ProfileResource {

    private final Profiles profiles;
    private final AgentRepository agents;
    private final CurrentUser user;

    ProfileResource(Profiles profiles, AgentRepository agents, CurrentUser user) {
        this.profiles = profiles;
        this.agents = agents;
        this.user = user;
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.ANALYST})
    @Operation(summary = "Read your profile")
    @APIResponse(responseCode = "200", description = "The profile; its version is 0 before you have set anything")
    public RestResponse<ProfileView> getProfile() {
        return answer(profiles.of(user.id()));
    }

    @PUT
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.ANALYST})
    @Operation(
            summary = "Set your profile",
            description = "As a whole; with If-Match once there is one. Language and time zone go before those of the"
                    + " identity provider.")
    @APIResponse(responseCode = "200", description = "Set")
    public RestResponse<ProfileView> putProfile(
            @HeaderParam("If-Match") @Nullable String ifMatch, @NotNull @Valid ProfileRequest request) {
        return answer(profiles.set(user.id(), ifMatch, request.properties()));
    }

    private RestResponse<ProfileView> answer(AgentProfile profile) {
        UUID id = user.id();
        return RestResponse.ResponseBuilder.ok(ProfileView.from(id, profile, agents.findById(id)))
                .tag(ETags.of(profile.version()))
                .build();
    }
}
