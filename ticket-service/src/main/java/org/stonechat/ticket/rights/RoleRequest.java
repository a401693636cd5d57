package org.stonechat.ticket.rights;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;

import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;
import org.stonechat.ticket.department.Preset;

/// What an admin says of a role.
@Schema(name = "RoleRequest")
record RoleRequest(
        @NotBlank @Size(max = 100) @Pattern(regexp = "[^\\p{Cntrl}]*") @Schema(examples = "Frontline")
        String name,

        @NotNull @Schema(description = "Which operations are open to it and what it sees: those of this built-in role")
        RoleKind kind,

        @Schema(
                description = "Its rights by the preset of a department. Under a preset that is missing a new role may"
                        + " do nothing, and a built-in one what it usually may")
        @Nullable
        Map<@NotNull Preset, @NotNull Set<@NotNull Right>> presets,

        @Size(max = 1000) @Schema(description = "Its rights in single departments, whatever their preset") @Nullable
        Map<@NotNull UUID, @NotNull Set<@NotNull Right>> departments) {

    RoleDefinition definition(String code) {
        Map<Preset, Set<Right>> byPreset = new EnumMap<>(Preset.class);
        if (presets != null) {
            presets.forEach((preset, rights) -> byPreset.put(preset, copy(rights)));
        }
        Map<UUID, Set<Right>> byDepartment = new LinkedHashMap<>();
        if (departments != null) {
            departments.forEach((department, rights) -> byDepartment.put(department, copy(rights)));
        }
        return new RoleDefinition(code, name.strip(), kind, byPreset, byDepartment, 0);
    }

    private static Set<Right> copy(Set<Right> rights) {
        Set<Right> copy = EnumSet.noneOf(Right.class);
        copy.addAll(rights);
        return copy;
    }
}
