package org.stonechat.ticket.forward;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.problem.ProblemException;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.agent.Agent;
import org.stonechat.ticket.agent.AgentRepository;
import org.stonechat.ticket.contact.Contacts;
import org.stonechat.ticket.event.Correspondent;

/// Finds the addresses behind user names and roles. Whoever names somebody so is not told the address: it may be that
/// of another department's staff.
@ApplicationScoped
class ForwardRecipients {

    private static final int MOST = 50;

    private final AgentRepository agents;

    ForwardRecipients(AgentRepository agents) {
        this.agents = agents;
    }

    /// @param agentIds those of them that work here
    record Found(List<Correspondent> to, List<UUID> agentIds) {}

    /// Each address once, in the order they were asked for.
    ///
    /// @throws ProblemException 422 when somebody has no address, or when they are too many
    Found find(List<ForwardRequest.Recipient> wanted, UUID departmentId) {
        Map<String, Correspondent> to = new LinkedHashMap<>();
        List<UUID> people = new ArrayList<>();
        for (ForwardRequest.Recipient one : wanted) {
            if (one.address() != null) {
                String address = Contacts.normalised(one.address());
                to.putIfAbsent(address, new Correspondent(one.name(), address));
            } else if (one.userName() != null) {
                add(agents.byUserNames(Set.of(one.userName().toLowerCase(Locale.ROOT))), one.userName(), to, people);
            } else if (one.role() != null) {
                add(agents.holders(one.role(), departmentId), one.role(), to, people);
            }
        }
        if (to.size() > MOST) {
            throw new ProblemException(
                    TicketError.TOO_MANY_RECIPIENTS, "A ticket is sent on to " + MOST + " people at most.");
        }
        return new Found(List.copyOf(to.values()), people.stream().distinct().toList());
    }

    private static void add(List<Agent> found, String asked, Map<String, Correspondent> to, List<UUID> people) {
        List<Agent> reachable =
                found.stream().filter(agent -> agent.mail() != null).toList();
        if (reachable.isEmpty()) {
            throw new ProblemException(
                    TicketError.RECIPIENT_UNKNOWN, "Nobody called " + asked + " has a mail address here.");
        }
        for (Agent agent : reachable) {
            String address = Contacts.normalised(String.valueOf(agent.mail()));
            to.putIfAbsent(address, new Correspondent(agent.displayName(), address, agent.id()));
            people.add(agent.id());
        }
    }
}
