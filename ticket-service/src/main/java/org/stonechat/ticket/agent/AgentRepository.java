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

    /// Those of these people who are known, and whether they are at work.
    @SuppressWarnings("unchecked")
    Map<UUID, Boolean> among(Collection<UUID> people) {
        List<Object[]> rows = getEntityManager()
                .createNativeQuery("select id, active from agent where id = any(cast(:people as uuid[]))")
                .setParameter("people", people.toArray(UUID[]::new))
                .getResultList();
        return rows.stream().collect(Collectors.toMap(row -> (UUID) row[0], row -> (Boolean) row[1]));
    }

    List<Agent> lockTheGone() {
        return find("not active order by id")
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .list();
    }

    /// People at work who sign in with one of these names (in lower case).
    public List<Agent> byUserNames(Collection<String> names) {
        return names.isEmpty() ? List.of() : list("lower(userName) in ?1 and active order by id", names);
    }

    /// People at work in a department who hold a role.
    @SuppressWarnings("unchecked")
    public List<Agent> holders(String role, UUID departmentId) {
        return getEntityManager()
                .createNativeQuery("""
                                select * from agent
                                where active and :role = any (roles)
                                  and (all_departments or cast(:department as uuid) = any (departments))
                                order by id
                                """, Agent.class)
                .setParameter("role", role)
                .setParameter("department", departmentId)
                .getResultList();
    }

    /// What somebody chose in the profile.
    record Choice(@Nullable String language, @Nullable String timeZone) {}

    /// Language and time zone that somebody chose in the profile before being known here.
    @SuppressWarnings("unchecked")
    Optional<Choice> choices(UUID agentId) {
        List<Object[]> rows = getEntityManager()
                .createNativeQuery("select language, time_zone from agent_profile where agent_id = :agent")
                .setParameter("agent", agentId)
                .getResultList();
        return rows.stream().findFirst().map(row -> new Choice((String) row[0], (String) row[1]));
    }

    /// People at work in one department, by name.
    @SuppressWarnings("unchecked")
    List<Agent> ofDepartment(UUID departmentId, int limit, String afterName, UUID afterId) {
        return getEntityManager()
                .createNativeQuery("""
                                select * from agent
                                where active and (all_departments or cast(:department as uuid) = any (departments))
                                  and (lower(display_name), id) > (:name, :id)
                                order by lower(display_name), id limit :limit
                                """, Agent.class)
                .setParameter("department", departmentId)
                .setParameter("name", afterName)
                .setParameter("id", afterId)
                .setParameter("limit", limit)
                .getResultList();
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

    /// The roles that admins have defined, with the built-in role each is a variant of.
    @SuppressWarnings("unchecked")
    Map<String, String> definedRoles() {
        List<Object[]> rows = getEntityManager()
                .createNativeQuery("select code, lower(kind) from role_definition where code <> lower(kind)")
                .getResultList();
        return rows.stream().collect(Collectors.toMap(row -> (String) row[0], row -> (String) row[1]));
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
