package org.stonechat.rating.directory;

import java.util.List;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.stonechat.kit.inbox.EventConsumer;
import org.stonechat.kit.inbox.ReceivedEvent;

/// Keeps departments and teams as the directory tells them.
@ApplicationScoped
class DirectoryEvents implements EventConsumer {

    record Department(UUID id, String name, boolean oneTouch, String language) {}

    record Team(UUID id, String name, String visibility, List<UUID> departmentIds) {}

    private final Directory directory;

    DirectoryEvents(Directory directory) {
        this.directory = directory;
    }

    @Override
    public String topic() {
        return "directory";
    }

    @Override
    public void handle(ReceivedEvent event) {
        switch (event.type()) {
            case "DepartmentDefined" -> directory.define(event.dataAs(Department.class));
            case "TeamDefined" -> directory.define(event.dataAs(Team.class));
            default -> {
                // Stages and people are of no interest here.
            }
        }
    }
}
