package org.stonechat.ticket.rights;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.department.Department;

/// The roles that admins have defined, kept in mind for a moment: rights are asked for with every change.
///
/// When they cannot be read anew nothing is allowed any more.
@ApplicationScoped
class DefinedRoles {

    private final RoleTable table;
    private final RightsConfig config;
    private final InstantSource clock;
    private volatile @Nullable Snapshot snapshot;

    DefinedRoles(RoleTable table, RightsConfig config, InstantSource clock) {
        this.table = table;
        this.config = config;
        this.clock = clock;
    }

    private record Snapshot(Map<String, RoleDefinition> roles, Instant readAt) {}

    /// By code.
    Map<String, RoleDefinition> all() {
        Snapshot known = snapshot;
        if (known != null && clock.instant().isBefore(known.readAt().plus(config.refresh()))) {
            return known.roles();
        }
        return read();
    }

    private Map<String, RoleDefinition> read() {
        Instant now = clock.instant();
        Map<String, RoleDefinition> roles = table.read();
        snapshot = new Snapshot(roles, now);
        return roles;
    }

    /// Reads anew with the next question.
    void forget() {
        snapshot = null;
    }

    Optional<RoleDefinition> find(String code) {
        return Optional.ofNullable(all().get(code));
    }

    /// What somebody with these roles may do in the department. A defined role stands in the place of its
    /// kind: its rights count and not those of the built-in role, which tokens name beside it for the other
    /// services.
    Set<Right> of(Collection<String> roles, Department department) {
        Map<String, RoleDefinition> defined = all();
        Set<String> replaced = roles.stream()
                .map(defined::get)
                .filter(definition -> definition != null && !definition.builtIn())
                .map(definition -> definition.kind().role())
                .collect(Collectors.toSet());
        return roles.stream()
                .filter(role -> !replaced.contains(role))
                .flatMap(role -> {
                    RoleDefinition definition = defined.get(role);
                    return definition == null
                            ? RoleRights.of(department.preset(), role).stream()
                            : definition.in(department.id(), department.preset()).stream();
                })
                .collect(Collectors.toUnmodifiableSet());
    }
}
