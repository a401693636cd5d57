package org.stonechat.ticket.rights;

import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.stonechat.ticket.department.Preset;

/// What an admin says of a role.
///
/// @param code        as it stands in the `roles` of tokens
/// @param presets     its rights under a preset; a preset that is missing gives a new role nothing, and a
///                    built-in one what it usually has
/// @param departments its rights in single departments, whatever their preset
record RoleDefinition(
        String code,
        String name,
        RoleKind kind,
        Map<Preset, Set<Right>> presets,
        Map<UUID, Set<Right>> departments,
        int version) {

    /// Whether it changes what a built-in role may do.
    boolean builtIn() {
        return code.equals(kind.role());
    }

    Set<Right> in(UUID department, Preset preset) {
        Set<Right> own = departments.get(department);
        return own == null ? under(preset) : own;
    }

    /// Where no department says otherwise.
    Set<Right> under(Preset preset) {
        Set<Right> own = presets.get(preset);
        if (own != null) {
            return own;
        }
        return builtIn() ? RoleRights.of(preset, code) : Set.of();
    }
}
