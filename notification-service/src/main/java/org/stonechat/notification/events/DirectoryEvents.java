package org.stonechat.notification.events;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.jspecify.annotations.Nullable;
import org.stonechat.kit.inbox.EventConsumer;
import org.stonechat.kit.inbox.ReceivedEvent;
import org.stonechat.notification.directory.Directory;

/// Keeps the mirror of departments, teams and agents.
@ApplicationScoped
class DirectoryEvents implements EventConsumer {

    private final Directory directory;

    DirectoryEvents(Directory directory) {
        this.directory = directory;
    }

    record DepartmentData(
            UUID id,
            String name,
            @Nullable String mailAddress,
            @Nullable String language,
            boolean active) {}

    record TeamData(UUID id, String visibility, @Nullable Set<UUID> memberIds) {}

    record AgentData(
            UUID id,
            @Nullable String locale,
            @Nullable List<String> roles,
            @Nullable List<String> departments,
            boolean active) {}

    record AgentPersonal(
            @Nullable String displayName, @Nullable String mail) {}

    @Override
    public String topic() {
        return "directory";
    }

    @Override
    public void handle(ReceivedEvent event) {
        switch (event.type()) {
            case "DepartmentDefined" -> {
                DepartmentData data = event.dataAs(DepartmentData.class);
                directory.define(new Directory.Department(
                        data.id(),
                        data.name(),
                        data.mailAddress(),
                        Objects.requireNonNullElse(data.language(), "en"),
                        data.active()));
            }
            case "TeamDefined" -> {
                TeamData data = event.dataAs(TeamData.class);
                directory.define(new Directory.Team(
                        data.id(), data.visibility(), Objects.requireNonNullElse(data.memberIds(), Set.of())));
            }
            case "AgentDefined" -> {
                AgentData data = event.dataAs(AgentData.class);
                AgentPersonal personal = event.personalAs(AgentPersonal.class);
                directory.define(new Directory.Agent(
                        data.id(),
                        personal.displayName(),
                        personal.mail(),
                        data.locale(),
                        Objects.requireNonNullElse(data.roles(), List.of()),
                        Objects.requireNonNullElse(data.departments(), List.of()),
                        data.active()));
            }
            default -> {
                // Stages, queues and calendars are of no use here.
            }
        }
    }
}
