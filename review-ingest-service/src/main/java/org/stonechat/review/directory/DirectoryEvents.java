package org.stonechat.review.directory;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.inbox.EventConsumer;
import org.stonechat.kit.inbox.ReceivedEvent;

/// Keeps the mirror of departments and teams; agents and stages do not matter here.
@ApplicationScoped
class DirectoryEvents implements EventConsumer {

    private final Directory directory;

    DirectoryEvents(Directory directory) {
        this.directory = directory;
    }

    record DepartmentDefined(UUID id, String name, boolean active) {}

    record TeamDefined(
            UUID id,
            String name,
            List<UUID> departmentIds,
            String visibility,
            @Nullable List<UUID> memberIds) {}

    @Override
    public String topic() {
        return "directory";
    }

    @Override
    public void handle(ReceivedEvent event) {
        switch (event.type()) {
            case "DepartmentDefined" -> {
                DepartmentDefined department = event.dataAs(DepartmentDefined.class);
                directory.define(department.id(), department.name(), department.active());
            }
            case "TeamDefined" -> {
                TeamDefined team = event.dataAs(TeamDefined.class);
                directory.defineTeam(
                        team.id(),
                        team.name(),
                        team.visibility(),
                        team.departmentIds(),
                        team.memberIds() == null ? List.of() : team.memberIds());
            }
            default -> {}
        }
    }
}
