package org.stonechat.ticket.agent;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.EventJson;
import org.stonechat.kit.event.EventLog;
import org.stonechat.kit.security.AccessMirror;
import org.stonechat.kit.security.Roles;

/// Keeps the mirror of people, and tells the other services what changed in it.
@ApplicationScoped
public class Directory {

    /// Those who work here; customers and service accounts of integrations are not in the directory.
    static final Set<String> STAFF = Set.of(Roles.AGENT, Roles.LEAD, Roles.ADMIN, Roles.ANALYST);

    private static final Logger LOG = Logger.getLogger(Directory.class);

    private final AgentRepository repository;
    private final EventLog eventLog;
    private final AccessMirror access;

    Directory(AgentRepository repository, EventLog eventLog, AccessMirror access) {
        this.repository = repository;
        this.eventLog = eventLog;
        this.access = access;
    }

    /// All roles by which somebody works here.
    @Transactional
    Set<String> staff() {
        Set<String> roles = new HashSet<>(STAFF);
        repository.definedRoles().forEach((code, kind) -> {
            if (STAFF.contains(kind)) {
                roles.add(code);
            }
        });
        return roles;
    }

    /// Takes over everybody; whoever is not among them any more has left.
    @Transactional
    void mirror(List<IdentityProvider.Person> people) {
        Map<UUID, Agent> known = repository.lockAll();
        Map<UUID, List<UUID>> teams = repository.teams();
        Map<String, String> defined = repository.definedRoles();
        Set<UUID> seen = new HashSet<>();
        int changed = 0;
        for (IdentityProvider.Person person : people) {
            seen.add(person.id());
            Agent existing = known.get(person.id());
            Agent agent = existing == null ? new Agent(person.id()) : existing;
            if (existing == null) {
                repository
                        .choices(person.id())
                        .ifPresent(chosen -> agent.choose(chosen.language(), chosen.timeZone(), List.of()));
            }
            Optional<AgentDefined> change =
                    agent.mirror(withKinds(person, defined), teams.getOrDefault(person.id(), List.of()));
            if (change.isPresent()) {
                tell(agent, change.get());
                changed++;
            }
            if (existing == null) {
                repository.persist(agent);
            }
        }
        for (Agent agent : known.values()) {
            if (!seen.contains(agent.id())) {
                Optional<AgentDefined> departure = agent.leave(teams.getOrDefault(agent.id(), List.of()));
                if (departure.isPresent()) {
                    tell(agent, departure.get());
                    changed++;
                }
            }
        }
        if (changed > 0) {
            LOG.infof("the directory of people changed, changed=%d", changed);
        }
    }

    /// Those whose accounts are disabled are refused as soon as this is told, here and, of those who work here,
    /// everywhere. That an account is enabled again is seen by [#mirror], for those who work here.
    ///
    /// @param people everybody whose account is disabled, customers too
    @Transactional
    void disabled(Set<UUID> people) {
        Set<UUID> others = new HashSet<>(people);
        Set<UUID> atWork = new HashSet<>();
        repository.among(people).forEach((agent, active) -> {
            others.remove(agent);
            if (active) {
                atWork.add(agent);
            }
        });
        for (Agent agent : repository.lockAll(atWork)) {
            agent.leave(repository.teamsOf(agent.id())).ifPresent(departure -> {
                tell(agent, departure);
                LOG.infof("an account was disabled, agentId=%s", agent.id());
            });
        }
        access.disabledOthers(others);
    }

    /// Tells of everybody who does not work here any more, for services that did not listen for it before.
    @Transactional(Transactional.TxType.MANDATORY)
    public void tellOfTheGoneAgain() {
        for (Agent agent : repository.lockTheGone()) {
            tell(agent, agent.defined(repository.teamsOf(agent.id())));
        }
    }

    private void tell(Agent agent, AgentDefined defined) {
        eventLog.append(AccessMirror.TOPIC, agent, defined);
        access.take(defined.type(), agent.id(), agent.sequence(), EventJson.MAPPER.valueToTree(defined.data()));
    }

    /// Whoever has a defined role counts as one of its kind for the other services.
    private static IdentityProvider.Person withKinds(IdentityProvider.Person person, Map<String, String> defined) {
        if (person.roles().stream().noneMatch(defined::containsKey)) {
            return person;
        }
        Set<String> roles = new HashSet<>(person.roles());
        person.roles().forEach(role -> {
            if (defined.containsKey(role)) {
                roles.add(defined.get(role));
            }
        });
        return new IdentityProvider.Person(
                person.id(),
                person.displayName(),
                person.mail(),
                person.locale(),
                person.zone(),
                roles,
                person.departments(),
                person.enabled(),
                person.userName());
    }

    /// Tells of people whose teams have changed; in the running transaction.
    @Transactional(Transactional.TxType.MANDATORY)
    public void teamsChanged(Collection<UUID> agents) {
        for (Agent agent : repository.lockAll(agents)) {
            tell(agent, agent.defined(repository.teamsOf(agent.id())));
        }
    }

    /// The language and time zone somebody chose in the profile; null for those of the identity provider.
    @Transactional(Transactional.TxType.MANDATORY)
    public void chose(UUID agentId, @Nullable String language, @Nullable String timeZone) {
        repository
                .lock(agentId)
                .ifPresent(agent -> agent.choose(language, timeZone, repository.teamsOf(agentId))
                        .ifPresent(defined -> tell(agent, defined)));
    }

    @Transactional(Transactional.TxType.MANDATORY)
    void presenceChanged(UUID agentId, Presence presence, Instant since) {
        repository
                .lock(agentId)
                .ifPresent(agent -> agent.appear(presence, since, repository.teamsOf(agentId))
                        .ifPresent(defined -> tell(agent, defined)));
    }
}
