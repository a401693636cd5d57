package org.stonechat.ticket.team;

import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

@Schema(name = "Team")
record TeamView(
        UUID id,
        String name,
        String slug,
        List<UUID> departmentIds,
        TeamVisibility visibility,
        List<UUID> memberIds,
        int version) {

    static TeamView from(Team team) {
        return new TeamView(
                team.id(),
                team.name(),
                team.slug(),
                team.departmentIds(),
                team.visibility(),
                List.copyOf(new TreeSet<>(team.memberIds())),
                team.version());
    }
}
