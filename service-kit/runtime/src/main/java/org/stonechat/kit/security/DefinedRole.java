package org.stonechat.kit.security;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// A role as an admin defined it.
///
/// @param code        as it stands in the `roles` of tokens
/// @param kind        the built-in role whose operations are open to it, and that it sees like
/// @param presets     its rights by the preset of a department
/// @param departments its rights in single departments, whatever their preset
record DefinedRole(String code, String kind, Map<String, Set<String>> presets, Map<UUID, Set<String>> departments) {

    /// Whether it changes what a built-in role may do.
    boolean isBuiltIn() {
        return code.equals(kind);
    }

    boolean allowsSomewhere(String right) {
        return Stream.concat(presets.values().stream(), departments.values().stream())
                .anyMatch(rights -> rights.contains(right));
    }

    /// @param preset that of the department, or the empty text when nobody has told it yet: nothing is allowed then
    boolean allows(String right, UUID department, String preset) {
        Set<String> own = departments.get(department);
        return (own == null ? presets.getOrDefault(preset, Set.of()) : own).contains(right);
    }
}
