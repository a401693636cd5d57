package org.stonechat.ticket.ticket;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.problem.FieldError;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.kit.security.CurrentUser;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.agent.Agent;
import org.stonechat.ticket.agent.AgentRepository;
import org.stonechat.ticket.department.Department;
import org.stonechat.ticket.event.TicketAssigned;
import org.stonechat.ticket.rights.Right;
import org.stonechat.ticket.rights.Rights;
import org.stonechat.ticket.team.Team;
import org.stonechat.ticket.team.TeamRepository;
import org.stonechat.ticket.team.TeamVisibility;

/// Who can have a ticket: whoever is at work, works tickets by their role, and is not kept out of the team that has it.
/// Every way to give somebody a ticket asks here.
@ApplicationScoped
public class Assignees {

    private final AgentRepository agents;
    private final TeamRepository teams;
    private final Rights rights;
    private final CurrentUser user;

    Assignees(AgentRepository agents, TeamRepository teams, Rights rights, CurrentUser user) {
        this.agents = agents;
        this.teams = teams;
        this.rights = rights;
        this.user = user;
    }

    /// Somebody else who can be given tickets of the department.
    ///
    /// @param pointer the field of the request that names them
    /// @param teamId  the team that has the ticket, or gets it with them
    /// @throws ProblemException 422 `agent-unknown`, `agent-cannot-work` or `agent-outside-team`
    Agent require(String pointer, UUID agentId, Department department, @Nullable UUID teamId) {
        Agent agent = agents.atWork(agentId)
                .orElseThrow(() -> refusal(
                        TicketError.AGENT_UNKNOWN,
                        pointer,
                        "There is no agent " + agentId + " at work. Choose one of `GET /agents`, or nobody."));
        if (!worksTickets(agent.roles(), department)) {
            throw refusal(
                    TicketError.AGENT_CANNOT_WORK,
                    pointer,
                    "The agent " + agentId + " has no role that works tickets of " + department.name()
                            + ". Choose somebody else, or nobody.");
        }
        requireInside(pointer, agentId, agent, department, teamId);
        return agent;
    }

    /// The caller, who takes a ticket or keeps one.
    ///
    /// @throws ProblemException 422 `agent-cannot-work` or `agent-outside-team`
    void requireSelf(String pointer, Department department, @Nullable UUID teamId) {
        if (!worksTickets(user.roles(), department)) {
            throw refusal(
                    TicketError.AGENT_CANNOT_WORK,
                    pointer,
                    "You have no role that works tickets of " + department.name() + ". Leave it to somebody else.");
        }
        requireInside(pointer, user.id(), null, department, teamId);
    }

    /// Whoever has the ticket stays with it when this team gets it.
    ///
    /// @throws ProblemException 422 `agent-outside-team`
    void requireInside(String pointer, UUID agentId, Department department, @Nullable UUID teamId) {
        requireInside(pointer, agentId, agents.findById(agentId), department, teamId);
    }

    /// @param agent null for somebody who is not in the directory, such as the caller just after being employed
    private void requireInside(
            String pointer, UUID agentId, @Nullable Agent agent, Department department, @Nullable UUID teamId) {
        Team team = teamId == null ? null : teams.findById(teamId);
        boolean leads = agentId.equals(user.id())
                ? user.inDepartment(department.id()) && seesClosedTeams(user.roles())
                : agent != null && agent.worksIn(department.id()) && seesClosedTeams(agent.roles());
        if (team != null && isClosedTo(agentId, team) && !leads) {
            throw refusal(
                    TicketError.AGENT_OUTSIDE_TEAM,
                    pointer,
                    "The team " + team.name() + " is closed. Choose one of its members, or nobody, or another team.");
        }
    }

    /// Whether somebody of the directory could be given the ticket, whoever gives it.
    public boolean canHave(Agent agent, Department department, @Nullable UUID teamId) {
        Team team = teamId == null ? null : teams.findById(teamId);
        return agent.isActive()
                && worksTickets(agent.roles(), department)
                && (team == null
                        || !isClosedTo(agent.id(), team)
                        || (agent.worksIn(department.id()) && seesClosedTeams(agent.roles())));
    }

    /// A ticket that is to be worked on again goes back to its team, or to everybody, when its owner can no longer have
    /// it. Owners whom the directory does not know, such as integrations, keep it.
    public Optional<TicketAssigned> release(Ticket ticket, Department department) {
        UUID owner = ticket.assigneeId();
        Agent agent = owner == null ? null : agents.findById(owner);
        return agent == null || canHave(agent, department, ticket.teamId())
                ? Optional.empty()
                : ticket.assign(null, ticket.teamId());
    }

    private boolean worksTickets(Collection<String> roles, Department department) {
        return rights.has(Right.EDIT, roles, department) || rights.has(Right.ASSIGN_SELF, roles, department);
    }

    private static boolean isClosedTo(UUID agentId, Team team) {
        return team.visibility() == TeamVisibility.INVITED_INTERNAL
                && !team.memberIds().contains(agentId);
    }

    /// As [org.stonechat.ticket.rights.TicketSight] says of callers.
    private static boolean seesClosedTeams(Collection<String> roles) {
        return roles.contains(Roles.LEAD) || roles.contains(Roles.ADMIN) || roles.contains(Roles.INTEGRATION);
    }

    private static ProblemException refusal(TicketError error, String pointer, String detail) {
        return new ProblemException(error, detail, List.of(new FieldError(pointer, detail)), Map.of());
    }
}
