package org.stonechat.ticket.rights;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.department.Preset;

@Schema(name = "Role")
record RoleView(
        @Schema(description = "As it stands in the `roles` of tokens", examples = "frontline")
        String code,

        String name,

        @Schema(description = "Null for the roles whose rights are fixed") @Nullable
        RoleKind kind,

        boolean builtIn,

        @Schema(description = "What it may do under each preset")
        Map<Preset, List<Right>> presets,

        @Schema(description = "What it may do in single departments, whatever their preset")
        Map<UUID, List<Right>> departments,

        int version) {

    /// @param kind null for a role whose rights are fixed
    static RoleView usual(String code, @Nullable RoleKind kind) {
        Map<Preset, List<Right>> presets = new EnumMap<>(Preset.class);
        for (Preset preset : Preset.values()) {
            presets.put(preset, sorted(RoleRights.of(preset, code)));
        }
        return new RoleView(code, code, kind, true, presets, Map.of(), 0);
    }

    static RoleView from(RoleDefinition definition) {
        Map<Preset, List<Right>> presets = new EnumMap<>(Preset.class);
        for (Preset preset : Preset.values()) {
            presets.put(preset, sorted(definition.under(preset)));
        }
        Map<UUID, List<Right>> departments = new TreeMap<>();
        definition.departments().forEach((department, rights) -> departments.put(department, sorted(rights)));
        return new RoleView(
                definition.code(),
                definition.name(),
                definition.kind(),
                definition.builtIn(),
                presets,
                departments,
                definition.version());
    }

    private static List<Right> sorted(Set<Right> rights) {
        return rights.stream().sorted().toList();
    }
}
