package org.stonechat.ticket.mention;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.security.Roles;
import org.stonechat.ticket.agent.Agent;
import org.stonechat.ticket.agent.AgentRepository;
import org.stonechat.ticket.conversation.MessageView.NotTold;
import org.stonechat.ticket.team.Team;
import org.stonechat.ticket.team.TeamRepository;
import org.stonechat.ticket.team.TeamVisibility;
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

    /// Who is named in a text.
    ///
    /// @param told    agents and teams that are told
    /// @param notTold names of which nobody, or not all of a team, is told
    public record Named(List<UUID> told, List<NotTold> notTold) {}

    /// The agents (by user name) and teams (by slug) that the text names. Whoever could not open the ticket is not
    /// told of it, because that would lead to nothing and say too much; whoever wrote the text is told that.
    public Named of(Ticket ticket, String text) {
        Set<String> names = MentionedNames.in(text);
        if (names.isEmpty()) {
            return new Named(List.of(), List.of());
        }
        Seeing seeing = new Seeing(ticket, ticket.teamId() == null ? null : teams.findById(ticket.teamId()));
        List<Agent> people = agents.byUserNames(names);
        List<Team> groups = teams.bySlugs(names);
        List<UUID> told = new ArrayList<>();
        List<NotTold> notTold = new ArrayList<>();
        for (String name : names) {
            List<Agent> called = people.stream()
                    .filter(agent -> name.equalsIgnoreCase(agent.userName()))
                    .toList();
            List<Team> slugged = groups.stream()
                    .filter(team -> name.equals(team.slug()) && seeing.isNear(team))
                    .toList();
            for (Agent agent : called) {
                NotTold.Why why = seeing.whyNot(agent);
                if (why == null) {
                    told.add(agent.id());
                } else if (slugged.isEmpty()) {
                    notTold.add(new NotTold(name, why, null));
                }
            }
            for (Team team : slugged) {
                team(team, seeing, told, notTold);
            }
            if (called.isEmpty() && slugged.isEmpty()) {
                notTold.add(new NotTold(name, NotTold.Why.NOT_IN_DEPARTMENT, null));
            }
        }
        return new Named(told, notTold);
    }

    private void team(Team team, Seeing seeing, List<UUID> told, List<NotTold> notTold) {
        List<Agent> members = team.memberIds().isEmpty()
                ? List.of()
                : agents.list("id in ?1 and active order by id", team.memberIds());
        List<NotTold.Why> reasons =
                members.stream().map(seeing::whyNot).filter(Objects::nonNull).toList();
        if (members.isEmpty() || reasons.size() < members.size()) {
            told.add(team.id());
        }
        reasons.stream()
                .collect(Collectors.groupingBy(
                        Function.identity(), () -> new EnumMap<>(NotTold.Why.class), Collectors.counting()))
                .forEach((why, count) -> notTold.add(new NotTold(team.slug(), why, count.intValue())));
    }

    /// Who sees a ticket: as [org.stonechat.ticket.rights.Sight] says it of the caller, said of anybody.
    ///
    /// @param holder the team the ticket lies with
    private record Seeing(Ticket ticket, @Nullable Team holder) {

        boolean isNear(Team team) {
            return team.worksIn(ticket.departmentId()) || team.id().equals(ticket.teamId());
        }

        NotTold.@Nullable Why whyNot(Agent agent) {
            List<String> roles = agent.roles();
            boolean leads = roles.contains(Roles.LEAD) || roles.contains(Roles.ADMIN);
            boolean theirs = agent.id().equals(ticket.assigneeId())
                    || (holder != null && holder.memberIds().contains(agent.id()));
            if (!theirs && !agent.worksIn(ticket.departmentId())) {
                return NotTold.Why.NOT_IN_DEPARTMENT;
            }
            if (!leads && !roles.contains(Roles.AGENT)) {
                return NotTold.Why.ROLE_READS_NO_TICKETS;
            }
            boolean closed = holder != null && holder.visibility() == TeamVisibility.INVITED_INTERNAL;
            return theirs || !closed || leads ? null : NotTold.Why.CLOSED_TEAM;
        }
    }
}
