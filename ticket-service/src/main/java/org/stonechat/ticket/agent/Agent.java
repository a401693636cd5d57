package org.stonechat.ticket.agent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.Aggregate;

/// Somebody who works here, as the identity provider knows him.
@Entity
public class Agent implements Aggregate {

    private static final String ALL = "*";

    @Id
    private UUID id;

    @Column(name = "display_name")
    private String displayName;

    @Column(name = "user_name")
    private @Nullable String userName;

    private @Nullable String mail;
    private @Nullable String locale;
    private @Nullable String zone;
    private List<String> roles = new ArrayList<>();
    private List<UUID> departments = new ArrayList<>();

    @Column(name = "all_departments")
    private boolean allDepartments;

    private boolean active;

    @Enumerated(EnumType.STRING)
    private Presence presence = Presence.OFFLINE;

    @Column(name = "chosen_locale")
    private @Nullable String chosenLocale;

    @Column(name = "chosen_zone")
    private @Nullable String chosenZone;

    @Column(name = "last_seen_at")
    private @Nullable Instant lastSeenAt;

    private long sequence;

    protected Agent() {}

    Agent(UUID id) {
        this.id = id;
    }

    /// Takes on what the identity provider says.
    ///
    /// @param teams the teams the person is in
    /// @return the new state, or empty when nothing is different
    Optional<AgentDefined> mirror(IdentityProvider.Person person, List<UUID> teams) {
        List<String> newRoles = List.copyOf(new TreeSet<>(person.roles()));
        boolean everywhere = person.departments().contains(ALL);
        List<UUID> newDepartments = everywhere ? List.of() : ids(person.departments());
        boolean same = sequence > 0
                && person.displayName().equals(displayName)
                && java.util.Objects.equals(person.userName(), userName)
                && java.util.Objects.equals(person.mail(), mail)
                && java.util.Objects.equals(person.locale(), locale)
                && java.util.Objects.equals(person.zone(), zone)
                && newRoles.equals(List.copyOf(roles))
                && newDepartments.equals(List.copyOf(departments))
                && everywhere == allDepartments
                && person.enabled() == active;
        if (same) {
            return Optional.empty();
        }
        displayName = person.displayName();
        userName = person.userName();
        mail = person.mail();
        locale = person.locale();
        zone = person.zone();
        roles = new ArrayList<>(newRoles);
        departments = new ArrayList<>(newDepartments);
        allDepartments = everywhere;
        active = person.enabled();
        return Optional.of(defined(teams));
    }

    /// Nobody knows the person any more.
    Optional<AgentDefined> leave(List<UUID> teams) {
        if (!active) {
            return Optional.empty();
        }
        active = false;
        presence = Presence.OFFLINE;
        return Optional.of(defined(teams));
    }

    /// @param since when they came, stepped away or left
    Optional<AgentDefined> appear(Presence now, Instant since, List<UUID> teams) {
        lastSeenAt = since;
        if (presence == now) {
            return Optional.empty();
        }
        presence = now;
        return Optional.of(defined(teams));
    }

    /// What the person chose in the profile goes before what the identity provider says; null is no choice.
    Optional<AgentDefined> choose(@Nullable String language, @Nullable String timeZone, List<UUID> teams) {
        String localeBefore = locale();
        String zoneBefore = zone();
        chosenLocale = language;
        chosenZone = timeZone;
        boolean same = java.util.Objects.equals(localeBefore, locale()) && java.util.Objects.equals(zoneBefore, zone());
        return same ? Optional.empty() : Optional.of(defined(teams));
    }

    AgentDefined defined(List<UUID> teams) {
        return new AgentDefined(
                new AgentDefined.Data(
                        id,
                        locale(),
                        zone(),
                        List.copyOf(roles),
                        allDepartments
                                ? List.of(ALL)
                                : departments.stream().map(UUID::toString).toList(),
                        teams,
                        active,
                        presence),
                new AgentDefined.Personal(displayName, mail));
    }

    private static List<UUID> ids(Set<String> departments) {
        return departments.stream().map(UUID::fromString).sorted().toList();
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public long nextSequence() {
        return ++sequence;
    }

    /// The number of the last event told of them.
    long sequence() {
        return sequence;
    }

    public String displayName() {
        return displayName;
    }

    public @Nullable String mail() {
        return mail;
    }

    public @Nullable String locale() {
        return chosenLocale == null ? locale : chosenLocale;
    }

    public @Nullable String zone() {
        return chosenZone == null ? zone : chosenZone;
    }

    public List<String> roles() {
        return List.copyOf(roles);
    }

    public boolean worksIn(UUID departmentId) {
        return allDepartments || departments.contains(departmentId);
    }

    public List<String> departmentClaims() {
        return allDepartments
                ? List.of(ALL)
                : departments.stream().map(UUID::toString).toList();
    }

    public boolean isActive() {
        return active;
    }

    public Presence presence() {
        return presence;
    }

    /// When they came or stepped away, or, once offline, left; null before the first time.
    public @Nullable Instant lastSeenAt() {
        return lastSeenAt;
    }

    /// What they sign in with, and are mentioned by.
    public @Nullable String userName() {
        return userName;
    }
}
