package org.stonechat.ticket.rights;

import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/// Which tickets somebody sees: those of his departments, except those of closed teams he is not in, and
/// whatever is assigned to him or his teams, wherever it lies.
///
/// @param departments empty when `everywhere`
/// @param hiddenTeams closed teams whose tickets are out of sight unless they are his own
public record Sight(UUID person, boolean everywhere, Set<UUID> departments, Set<UUID> teams, Set<UUID> hiddenTeams) {

    public boolean covers(UUID departmentId, @Nullable UUID teamId, @Nullable UUID assigneeId) {
        if (person.equals(assigneeId) || (teamId != null && teams.contains(teamId))) {
            return true;
        }
        return (everywhere || departments.contains(departmentId)) && (teamId == null || !hiddenTeams.contains(teamId));
    }
}
