package org.stonechat.ticket.mention;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.ticket.agent.Agent;
import org.stonechat.ticket.agent.AgentRepository;
import org.stonechat.ticket.team.Team;
import org.stonechat.ticket.team.TeamRepository;
import org.stonechat.ticket.ticket.Ticket;

/// Turns names behind @ into the people and teams they stand for.
@ApplicationScoped
public class Mentions {

    private final AgentRepository agents;
    private final TeamRepository teams;

    Mentions(AgentRepository agents, TeamRepository teams) {
        this.agents = agents;
        this.teams = teams;
    }

    /// The agents (by user name) and teams (by slug) of the ticket's department that the text names. Whoever
    /// could not open the ticket is not among them: telling him of it would lead to nothing.
    public List<UUID> of(Ticket ticket, String text) {
        Set<String> names = MentionedNames.in(text);
        if (names.isEmpty()) {
            return List.of();
        }
        List<UUID> mentioned = new ArrayList<>();
        List<Team> named = teams.bySlugs(names);
        for (Agent agent : agents.byUserNames(names)) {
            if (agent.worksIn(ticket.departmentId()) || agent.id().equals(ticket.assigneeId())) {
                mentioned.add(agent.id());
            }
        }
        for (Team team : named) {
            if (team.worksIn(ticket.departmentId()) || team.id().equals(ticket.teamId())) {
                mentioned.add(team.id());
            }
        }
        return mentioned;
    }
}
