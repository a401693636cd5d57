package org.stonechat.ticket.agent;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.rest.Pages;
import org.stonechat.kit.rest.Paging;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/agents")
@Tag(name = "agents")
@RunOnVirtualThread
class AgentResource {

    private static final UUID LOWEST = new UUID(0, 0);

    private final AgentRepository repository;
    private final CurrentUser user;

    AgentResource(AgentRepository repository, CurrentUser user) {
        this.repository = repository;
        this.user = user;
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.ANALYST})
    @Operation(summary = "List the people at work who share a department with you, by name")
    public RestResponse<Page<AgentView>> listAgents(@BeanParam Paging paging, @Context UriInfo uri) {
        Cursor after = paging.after();
        int limit = paging.limit();
        List<Agent> rows = repository.colleagues(
                user.allDepartments() ? null : user.departments(),
                limit + 1,
                after == null ? "" : after.text(0),
                after == null ? LOWEST : after.uuid(1));
        Map<UUID, List<UUID>> teams = repository.teams();
        // The rule of [#listPresence]; everybody listed is in a department of the caller's.
        boolean seesPresence = user.hasRole(Roles.LEAD) || user.hasRole(Roles.ADMIN);
        UUID me = user.id();
        return Pages.respond(
                Page.of(
                        rows,
                        limit,
                        agent -> AgentView.from(
                                agent,
                                teams.getOrDefault(agent.id(), List.of()),
                                seesPresence || agent.id().equals(me)),
                        agent -> Cursor.of(agent.displayName().toLowerCase(java.util.Locale.ROOT), agent.id())),
                uri);
    }

    @GET
    @Path("/presence")
    @RolesAllowed({Roles.LEAD, Roles.ADMIN})
    @Operation(summary = "See who of a department is online, away or offline, and since when")
    public RestResponse<Page<PersonPresence>> listPresence(
            @QueryParam("department") @NotNull UUID department, @BeanParam Paging paging, @Context UriInfo uri) {
        user.requireDepartment(department, "department");
        Cursor after = paging.after();
        int limit = paging.limit();
        List<Agent> rows = repository.ofDepartment(
                department, limit + 1, after == null ? "" : after.text(0), after == null ? LOWEST : after.uuid(1));
        return Pages.respond(
                Page.of(
                        rows,
                        limit,
                        agent -> new PersonPresence(
                                agent.id(), agent.displayName(), agent.presence(), agent.lastSeenAt()),
                        agent -> Cursor.of(agent.displayName().toLowerCase(java.util.Locale.ROOT), agent.id())),
                uri);
    }

    @Schema(name = "AgentPresence")
    record PersonPresence(
            UUID agentId,
            String displayName,
            Presence presence,

            @Schema(description = "When they came or stepped away, or, once offline, left") @Nullable
            Instant lastSeenAt) {}

    @GET
    @Path("/me")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.ANALYST})
    @Operation(
            summary = "Read who you are",
            description = "Roles and departments are those of your token, which is what counts until it is renewed.")
    public AgentView readMe() {
        UUID id = user.id();
        Agent mirrored = repository.findById(id);
        return new AgentView(
                id,
                user.name(),
                user.email(),
                mirrored == null ? null : mirrored.locale(),
                mirrored == null ? null : mirrored.zone(),
                List.copyOf(new TreeSet<>(user.roles())),
                user.allDepartments()
                        ? List.of("*")
                        : user.departments().stream()
                                .map(UUID::toString)
                                .sorted()
                                .toList(),
                repository.teamsOf(id),
                mirrored == null ? Presence.OFFLINE : mirrored.presence(),
                mirrored == null ? null : mirrored.lastSeenAt(),
                mirrored == null ? null : mirrored.userName());
    }
}
