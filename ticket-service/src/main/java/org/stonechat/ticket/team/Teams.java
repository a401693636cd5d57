package org.stonechat.ticket.team;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.stonechat.kit.audit.Audit;
import org.stonechat.kit.audit.Changes;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.problem.ProblemException;
import org.stonechat.ticket.TicketError;
import org.stonechat.ticket.agent.Directory;
import org.stonechat.ticket.department.DepartmentRepository;

/// Setting teams up.
@ApplicationScoped
class Teams {

    private static final String TOPIC = "directory";

    private final TeamRepository repository;
    private final DepartmentRepository departments;
    private final Directory directory;
    private final EventLog eventLog;

    private final Audit audit;

    Teams(
            TeamRepository repository,
            DepartmentRepository departments,
            Directory directory,
            EventLog eventLog,
            Audit audit) {
        this.repository = repository;
        this.departments = departments;
        this.directory = directory;
        this.eventLog = eventLog;
        this.audit = audit;
    }

    record Put(Team team, boolean created) {}

    /// Creates or changes; the same properties again change nothing.
    @Transactional
    Put put(UUID id, Team.Properties properties) {
        properties.departmentIds().forEach(departments::known);
        if (repository.slugTaken(properties.slug(), id)) {
            throw new ProblemException(TicketError.SLUG_TAKEN, "Choose another slug than " + properties.slug() + ".");
        }
        Optional<Team> existing = repository.lock(id);
        Team team = existing.orElseGet(() -> new Team(id));
        Set<UUID> before = existing.map(Team::memberIds).orElse(Set.of());
        TeamView old = existing.map(TeamView::from).orElse(null);
        Optional<TeamDefined> change = team.define(properties);
        change.ifPresent(defined -> eventLog.append(TOPIC, team, defined));
        if (existing.isEmpty()) {
            repository.persist(team);
        }
        audit.changed("team", id, Changes.between(old, TeamView.from(team)));
        Set<UUID> moved = new HashSet<>(before);
        moved.addAll(team.memberIds());
        moved.removeIf(member -> before.contains(member) && team.memberIds().contains(member));
        if (!moved.isEmpty()) {
            // The people's own record names their teams, and is read from the table.
            repository.flush();
            directory.teamsChanged(moved);
        }
        return new Put(team, existing.isEmpty());
    }
}
