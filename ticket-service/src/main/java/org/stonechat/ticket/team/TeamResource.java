package org.stonechat.ticket.team;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.rest.Cursor;
import org.stonechat.kit.rest.ETags;
import org.stonechat.kit.rest.Page;
import org.stonechat.kit.rest.Pages;
import org.stonechat.kit.rest.Paging;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.agent.AgentRepository;
import org.stonechat.ticket.rights.Sight;
import org.stonechat.ticket.rights.TicketSight;

import io.smallrye.common.annotation.RunOnVirtualThread;

@Path("/api/v1/teams")
@Tag(name = "teams")
@RunOnVirtualThread
class TeamResource {

    private static final UUID LOWEST = new UUID(0, 0);

    private final Teams teams;
    private final TeamRepository repository;
    private final TicketSight sight;
    private final CurrentUser user;
    private final AgentRepository agents;

    TeamResource(Teams teams, TeamRepository repository, TicketSight sight, CurrentUser user, AgentRepository agents) {
        this.agents = agents;
        this.teams = teams;
        this.repository = repository;
        this.sight = sight;
        this.user = user;
    }

    @PUT
    @Path("/{id}")
    @RolesAllowed(Roles.ADMIN)
    @Operation(summary = "Set a team up or change it")
    @APIResponse(responseCode = "200", description = "Changed, or as it was before")
    @APIResponse(responseCode = "201", description = "Created")
    public RestResponse<TeamView> putTeam(@PathParam("id") UUID id, @NotNull @Valid TeamRequest request) {
        request.departmentIds().forEach(department -> user.requireDepartment(department, "department"));
        Team existing = repository.findById(id);
        if (existing != null) {
            requireSight(existing);
        }
        if (!user.allDepartments()) {
            requireColleagues(request, existing);
        }
        Teams.Put put = teams.put(id, request.properties());
        return RestResponse.ResponseBuilder.create(
                        put.created() ? RestResponse.Status.CREATED : RestResponse.Status.OK, TeamView.from(put.team()))
                .tag(ETags.of(put.team().version()))
                .build();
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.ANALYST, Roles.INTEGRATION})
    @Operation(summary = "Read a team")
    @APIResponse(responseCode = "200", description = "The team")
    public RestResponse<TeamView> getTeam(@PathParam("id") UUID id) {
        Team team = repository.findByIdOptional(id).orElseThrow(() -> ProblemException.notFound("team"));
        requireSight(team);
        return RestResponse.ResponseBuilder.ok(TeamView.from(team))
                .tag(ETags.of(team.version()))
                .build();
    }

    @GET
    @RolesAllowed({Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.ANALYST, Roles.INTEGRATION})
    @Operation(
            summary = "List the teams of your departments, by name",
            description = "And your own, wherever they are. Of closed teams only their members and leads know.")
    public RestResponse<Page<TeamView>> listTeams(@BeanParam Paging paging, @Context UriInfo uri) {
        Cursor after = paging.after();
        int limit = paging.limit();
        List<Team> rows = repository.inOrder(
                user.allDepartments() ? null : user.departments(),
                sight.ofCaller(),
                limit + 1,
                after == null ? "" : after.text(0),
                after == null ? LOWEST : after.uuid(1));
        return Pages.respond(Page.of(rows, limit, TeamView::from, team -> Cursor.of(team.name(), team.id())), uri);
    }

    /// Whoever joins sees what lies with the team: only an admin of all departments lets somebody of another one in.
    /// Those who are in stay.
    private void requireColleagues(TeamRequest request, @Nullable Team existing) {
        Set<UUID> joining = new HashSet<>(request.properties().memberIds());
        if (existing != null) {
            joining.removeAll(existing.memberIds());
        }
        Set<UUID> departments = user.departments();
        for (UUID person : joining) {
            boolean colleague = agents.atWork(person)
                    .filter(agent -> departments.stream().anyMatch(agent::worksIn))
                    .isPresent();
            if (!colleague) {
                throw new ProblemException(
                        TicketError.AGENT_UNKNOWN,
                        "Nobody of your departments has the id " + person
                                + ". An admin of all departments adds people of others.");
            }
        }
    }

    private void requireSight(Team team) {
        Sight seen = sight.ofCaller();
        boolean there = team.departmentIds().stream().anyMatch(user::inDepartment)
                || seen.teams().contains(team.id());
        if (!there || seen.hiddenTeams().contains(team.id())) {
            throw ProblemException.notFound("team");
        }
    }
}
