package org.stonechat.ticket.team;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;

import org.stonechat.kit.event.Aggregate;

/// People who share work.
@Entity
public class Team implements Aggregate {

    @Id
    private UUID id;

    private String name;
    private String slug;

    @Enumerated(EnumType.STRING)
    private TeamVisibility visibility;

    @Column(name = "department_ids")
    private List<UUID> departmentIds = new ArrayList<>();

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "team_member", joinColumns = @JoinColumn(name = "team_id"))
    @Column(name = "agent_id")
    private Set<UUID> memberIds = new HashSet<>();

    private int version;
    private long sequence;

    protected Team() {}

    Team(UUID id) {
        this.id = id;
    }

    /// Everything an admin sets.
    record Properties(
            String name, String slug, TeamVisibility visibility, Set<UUID> departmentIds, Set<UUID> memberIds) {}

    /// Takes the properties on.
    ///
    /// @return the new state, or empty when nothing is different
    Optional<TeamDefined> define(Properties properties) {
        if (version > 0
                && properties.name().equals(name)
                && properties.slug().equals(slug)
                && properties.visibility() == visibility
                && sorted(properties.departmentIds()).equals(List.copyOf(departmentIds))
                && properties.memberIds().equals(memberIds())) {
            return Optional.empty();
        }
        name = properties.name();
        slug = properties.slug();
        visibility = properties.visibility();
        departmentIds = new ArrayList<>(sorted(properties.departmentIds()));
        memberIds.retainAll(properties.memberIds());
        memberIds.addAll(properties.memberIds());
        version++;
        return Optional.of(new TeamDefined(
                new TeamDefined.Data(id, name, slug, departmentIds(), visibility, sorted(properties.memberIds()))));
    }

    private static List<UUID> sorted(Collection<UUID> ids) {
        return List.copyOf(new TreeSet<>(ids));
    }

    @Override
    public UUID id() {
        return id;
    }

    @Override
    public long nextSequence() {
        return ++sequence;
    }

    public String name() {
        return name;
    }

    public String slug() {
        return slug;
    }

    public TeamVisibility visibility() {
        return visibility;
    }

    public List<UUID> departmentIds() {
        return List.copyOf(departmentIds);
    }

    public boolean worksIn(UUID departmentId) {
        return departmentIds.contains(departmentId);
    }

    public Set<UUID> memberIds() {
        return Set.copyOf(memberIds);
    }

    public int version() {
        return version;
    }
}
