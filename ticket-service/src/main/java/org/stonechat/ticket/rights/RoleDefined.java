package org.stonechat.ticket.rights;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.event.DomainEvent;
import org.stonechat.ticket.department.Preset;

/// The whole state of a role as an admin defined it; without data it is gone, and a built-in one as usual again.
record RoleDefined(@Nullable Data data) implements DomainEvent {

    static final RoleDefined GONE = new RoleDefined((Data) null);

    /// @param kind        the built-in role whose operations are open to it, and that it sees like
    /// @param builtIn     whether it is that role itself, with other rights than usual
    /// @param presets     all that it may do under each preset
    /// @param departments all that it may do in single departments, whatever their preset
    record Data(
            UUID id,
            String code,
            String name,
            RoleKind kind,
            boolean builtIn,
            Map<Preset, List<Right>> presets,
            Map<UUID, List<Right>> departments) {}

    static RoleDefined as(UUID id, RoleDefinition role) {
        Map<Preset, List<Right>> presets = new EnumMap<>(Preset.class);
        for (Preset preset : Preset.values()) {
            presets.put(preset, sorted(role.under(preset)));
        }
        Map<UUID, List<Right>> departments = new TreeMap<>();
        role.departments().forEach((department, rights) -> departments.put(department, sorted(rights)));
        return new RoleDefined(
                new Data(id, role.code(), role.name(), role.kind(), role.builtIn(), presets, departments));
    }

    private static List<Right> sorted(Set<Right> rights) {
        return rights.stream().sorted().toList();
    }

    @Override
    public Map<String, Object> personal() {
        return Map.of();
    }
}
