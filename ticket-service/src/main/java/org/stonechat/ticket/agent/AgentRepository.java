package org.stonechat.ticket.agent;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Query;

import org.jspecify.annotations.Nullable;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;

/// The people who work here.
@ApplicationScoped
public class AgentRepository implements PanacheRepositoryBase<Agent, UUID> {

    /// Those of these people who are still at work.
    public Optional<Agent> atWork(UUID id) {
        return findByIdOptional(id).filter(Agent::isActive);
    }

    /// People by their mail addresses, also those who have left.
    public Map<String, Agent> byMail(Collection<String> addresses) {
        Map<String, Agent> people = new HashMap<>();
        if (!addresses.isEmpty()) {
            for (Agent agent : list("lower(mail) in ?1 order by active, id", addresses)) {
                people.put(String.valueOf(agent.mail()).toLowerCase(Locale.ROOT), agent);
            }
        }
        return people;
    }

    Optional<Agent> lock(UUID id) {
        return Optional.ofNullable(findById(id, LockModeType.PESSIMISTIC_WRITE));
    }

    Map<UUID, Agent> lockAll() {
        return find("order by id").withLock(LockModeType.PESSIMISTIC_WRITE).stream()
                .collect(Collectors.toMap(Agent::id, agent -> agent));
    }

    List<Agent> lockAll(Collection<UUID> ids) {
        return ids.isEmpty()
                ? List.of()
                : find("id in ?1 order by id", ids)
                        .withLock(LockModeType.PESSIMISTIC_WRITE)
                        .list();
    }

    /// The teams of a person, by id.
    @SuppressWarnings("unchecked")
    List<UUID> teamsOf(UUID agentId) {
        return getEntityManager()
                .createNativeQuery(
                        "select team_id from team_member where agent_id = :agent order by team_id", UUID.class)
                .setParameter("agent", agentId)
                .getResultList();
    }

    /// The teams of everybody.
    @SuppressWarnings("unchecked")
    Map<UUID, List<UUID>> teams() {
        List<Object[]> rows = getEntityManager()
                .createNativeQuery("select agent_id, team_id from team_member order by agent_id, team_id")
                .getResultList();
        Map<UUID, List<UUID>> teams = new HashMap<>();
        for (Object[] row : rows) {
            teams.computeIfAbsent((UUID) row[0], agent -> new java.util.ArrayList<>())
                    .add((UUID) row[1]);
        }
        return teams;
    }

    /// People at work who share a department with the caller, by name.
    ///
    /// @param departments null for all
    @SuppressWarnings("unchecked")
    List<Agent> colleagues(@Nullable Set<UUID> departments, int limit, String afterName, UUID afterId) {
        Query query = getEntityManager()
                .createNativeQuery(
                        """
                                select * from agent
                                where active and (lower(display_name), id) > (:name, :id)
                                """
                                + (departments == null
                                        ? ""
                                        : "and (all_departments or departments && cast(:departments as uuid[]))")
                                + """

                                order by lower(display_name), id limit :limit
                                """,
                        Agent.class)
                .setParameter("name", afterName)
                .setParameter("id", afterId)
                .setParameter("limit", limit);
        if (departments != null) {
            query.setParameter("departments", departments.toArray(UUID[]::new));
        }
        return query.getResultList();
    }
}
